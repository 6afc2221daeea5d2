package dev.fleche.record;

import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A choice of call records by what stands in them, which a storage can make without reading all of them.
 *
 * <p>A record is chosen if it fits every part that is given; an empty part fits all. Immutable.
 *
 * @param function the function's id
 * @param version the function's version
 * @param arguments the digests of arguments by name, perhaps of some among others
 * @param result the digest of the result
 * @param tags the tags, perhaps some among others
 * @param from the earliest start
 * @param before an instant after the latest start
 * @param minWallTime the shortest wall time
 * @param maxWallTime the longest wall time
 */
public record RecordFilter(
        Optional<FunctionId> function,
        Optional<String> version,
        Map<String, Digest> arguments,
        Optional<Digest> result,
        Map<String, String> tags,
        Optional<Instant> from,
        Optional<Instant> before,
        Optional<Duration> minWallTime,
        Optional<Duration> maxWallTime) {

    /** The filter that chooses every record. */
    public static final RecordFilter ALL = new RecordFilter(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Creates a filter. */
    public RecordFilter {
        arguments = Map.copyOf(arguments);
        tags = Map.copyOf(tags);
    }

    /** Returns whether this filter chooses {@code record}. */
    public boolean accepts(CallRecord record) {
        return function.filter(id -> !id.equals(record.function())).isEmpty()
                && (version.isEmpty() || version.equals(record.version()))
                && (result.isEmpty() || result.equals(record.resultDigest()))
                && record.tags().entrySet().containsAll(tags.entrySet())
                && from.filter(record.start()::isBefore).isEmpty()
                && before.filter(end -> !record.start().isBefore(end)).isEmpty()
                && minWallTime
                        .filter(min -> record.wallTime().compareTo(min) < 0)
                        .isEmpty()
                && maxWallTime
                        .filter(max -> record.wallTime().compareTo(max) > 0)
                        .isEmpty()
                && arguments.entrySet().stream().allMatch(wanted -> hasArgument(record, wanted));
    }

    private static boolean hasArgument(CallRecord record, Map.Entry<String, Digest> wanted) {
        return record.arguments().stream()
                .anyMatch(argument -> argument.name().equals(wanted.getKey())
                        && argument.digest().equals(wanted.getValue()));
    }

    /** Returns the filter that chooses what this one and {@code other} choose; empty if no filter can say it. */
    public Optional<RecordFilter> and(RecordFilter other) {
        if (disagree(function, other.function)
                || disagree(version, other.version)
                || disagree(result, other.result)
                || disagree(arguments, other.arguments)
                || disagree(tags, other.tags)) {
            return Optional.empty();
        }
        return Optional.of(new RecordFilter(
                function.or(() -> other.function),
                version.or(() -> other.version),
                united(arguments, other.arguments),
                result.or(() -> other.result),
                united(tags, other.tags),
                greatest(from, other.from),
                least(before, other.before),
                greatest(minWallTime, other.minWallTime),
                least(maxWallTime, other.maxWallTime)));
    }

    private static <T> boolean disagree(Optional<T> one, Optional<T> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static <V> boolean disagree(Map<String, V> one, Map<String, V> other) {
        return one.entrySet().stream()
                .anyMatch(entry -> !entry.getValue().equals(other.getOrDefault(entry.getKey(), entry.getValue())));
    }

    private static <V> Map<String, V> united(Map<String, V> one, Map<String, V> other) {
        Map<String, V> all = new TreeMap<>(one);
        all.putAll(other);
        return all;
    }

    private static <T extends Comparable<? super T>> Optional<T> greatest(Optional<T> one, Optional<T> other) {
        return Stream.concat(one.stream(), other.stream()).max(Comparator.naturalOrder());
    }

    private static <T extends Comparable<? super T>> Optional<T> least(Optional<T> one, Optional<T> other) {
        return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
    }

    /** Returns this filter for one function. */
    public RecordFilter withFunction(FunctionId only) {
        return new RecordFilter(
                Optional.of(only), version, arguments, result, tags, from, before, minWallTime, maxWallTime);
    }

    /** Returns this filter for one version. */
    public RecordFilter withVersion(String only) {
        return new RecordFilter(
                function, Optional.of(only), arguments, result, tags, from, before, minWallTime, maxWallTime);
    }

    /** Returns this filter for one more argument. */
    public RecordFilter withArgument(String name, Digest digest) {
        return new RecordFilter(
                function, version, with(arguments, name, digest), result, tags, from, before, minWallTime, maxWallTime);
    }

    /** Returns this filter for one result. */
    public RecordFilter withResult(Digest only) {
        return new RecordFilter(
                function, version, arguments, Optional.of(only), tags, from, before, minWallTime, maxWallTime);
    }

    /** Returns this filter for one more tag. */
    public RecordFilter withTag(String name, String value) {
        return new RecordFilter(
                function, version, arguments, result, with(tags, name, value), from, before, minWallTime, maxWallTime);
    }

    /** Returns this filter for calls that started at {@code earliest} or later. */
    public RecordFilter withFrom(Instant earliest) {
        return new RecordFilter(
                function, version, arguments, result, tags, Optional.of(earliest), before, minWallTime, maxWallTime);
    }

    /** Returns this filter for calls that started before {@code end}. */
    public RecordFilter withBefore(Instant end) {
        return new RecordFilter(
                function, version, arguments, result, tags, from, Optional.of(end), minWallTime, maxWallTime);
    }

    /** Returns this filter for wall times from {@code shortest} to {@code longest}, both included. */
    public RecordFilter withWallTime(Duration shortest, Duration longest) {
        return new RecordFilter(
                function, version, arguments, result, tags, from, before, Optional.of(shortest), Optional.of(longest));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
        Map<String, V> all = new TreeMap<>(map);
        all.put(name, value);
        return all;
    }
}
