package dev.fleche.record;

import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question to a cache: which of its recorded calls, and in which order.
 *
 * <p>It is asked anew each time its answer is read, so calls recorded since then are in the next answer. Records are
 * read, values only when a predicate, a comparator or the caller asks for one. The order is unspecified unless
 * {@linkplain #sorted sorted}. A damaged record is not in the answer. Immutable; safe for use by several threads.
 *
 * <p>What {@link #select} and its kind choose ({@link #function}, {@link #version}, {@link #tag}, {@link #argument},
 * {@link #result}, {@link #startedBetween}, {@link #wallTimeBetween}) is chosen by the storage, by what stands in the
 * records: a database, and LMDB, read those alone where they have an index. Directories of files and memory have none:
 * every record is read for each answer, whatever is chosen. A {@link #filter} sees records that were read.
 *
 * <p>Reading blocks on I/O. Trouble with the storage is the storage's exception; what a predicate or a comparator
 * throws passes unchanged.
 *
 * @param <R> the type of the results
 */
public final class Query<R extends @Nullable Object> implements Iterable<RecordedCall<R>> {

    private static final int TABLE_COLUMNS = 100;

    private final Function<RecordFilter, ? extends Stream<RecordedCall<R>>> source;
    private final RecordFilter selection;
    private final UnaryOperator<Stream<RecordedCall<R>>> steps;
    private final boolean limited;
    private final ValueDigests digests;
    private final Predicate<? super RecordedCall<R>> staleness;

    private Query(
            Function<RecordFilter, ? extends Stream<RecordedCall<R>>> source,
            RecordFilter selection,
            UnaryOperator<Stream<RecordedCall<R>>> steps,
            boolean limited,
            ValueDigests digests,
            Predicate<? super RecordedCall<R>> staleness) {
        this.source = source;
        this.selection = selection;
        this.steps = steps;
        this.limited = limited;
        this.digests = digests;
        this.staleness = staleness;
    }

    /**
     * Returns the query for all calls that {@code source} gives.
     *
     * @param source what opens a new stream for each answer; the stream is closed by the reader
     * @param <R> the type of the results
     */
    public static <R extends @Nullable Object> Query<R> of(Supplier<? extends Stream<RecordedCall<R>>> source) {
        Objects.requireNonNull(source, "source");
        return selecting(all -> source.get());
    }

    /**
     * Returns the query for all calls that {@code source} gives.
     *
     * @param source what opens a new stream for each answer, given what is asked for; calls that were not asked for may
     *     be in it too. The stream is closed by the reader
     * @param <R> the type of the results
     */
    public static <R extends @Nullable Object> Query<R> selecting(
            Function<RecordFilter, ? extends Stream<RecordedCall<R>>> source) {
        return new Query<>(
                Objects.requireNonNull(source, "source"),
                RecordFilter.ALL,
                UnaryOperator.identity(),
                false,
                ValueDigests.STANDARD,
                Staleness::isStale);
    }

    /**
     * Returns the same query with another way to tell which of its calls are {@linkplain #stale stale}.
     *
     * @param staleness what tells it; called only for what {@link #stale} asks
     */
    public Query<R> judgedBy(Predicate<? super RecordedCall<R>> staleness) {
        Objects.requireNonNull(staleness, "staleness");
        return new Query<>(source, selection, steps, limited, digests, staleness);
    }

    /**
     * Returns the same query with another way to digest the arguments and results that are asked for.
     *
     * @param digests what digests them as calls did
     */
    public Query<R> digestedBy(ValueDigests digests) {
        Objects.requireNonNull(digests, "digests");
        return new Query<>(source, selection, steps, limited, digests, staleness);
    }

    /** Returns the query for its calls as {@code function} gives them back, with the same records. */
    public Query<R> each(UnaryOperator<RecordedCall<R>> function) {
        Objects.requireNonNull(function, "function");
        return then(calls -> calls.map(function), limited);
    }

    /** Returns the query for those of its calls that are of the function {@code id}. */
    public Query<R> function(FunctionId id) {
        return select(RecordFilter.ALL.withFunction(id));
    }

    /** Returns the query for those of its calls that are of version {@code version} of their function. */
    public Query<R> version(String version) {
        return select(RecordFilter.ALL.withVersion(version));
    }

    /** Returns the query for those of its calls that have the tag {@code name} with this value. */
    public Query<R> tag(String name, String value) {
        return select(RecordFilter.ALL.withTag(name, value));
    }

    /**
     * Returns the query for those of its calls whose argument {@code name} was {@code value}, by their digests.
     *
     * <p>The query of a memo digests it as a call does: a number is widened to the parameter's type, and a {@code Path}
     * that the function takes by content is read. Any other query digests it as it is, so that 1 finds no {@code long};
     * what a call digested otherwise is found by {@link #argumentDigest}. The value is digested at once, and may change
     * afterwards.
     *
     * @param name the name that the parameter had when the call was made
     * @throws IllegalArgumentException if this is the query of a memo whose function has no such argument in its key,
     *     or none that could be {@code value}
     * @throws dev.fleche.digest.UndigestibleException if the value has no digest
     */
    public Query<R> argument(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        return argumentDigest(name, digests.argument(name, value));
    }

    /** Returns the query for those of its calls whose argument {@code name} has the digest {@code digest}. */
    public Query<R> argumentDigest(String name, Digest digest) {
        return select(RecordFilter.ALL.withArgument(name, digest));
    }

    /**
     * Returns the query for those of its calls whose result was {@code value}, by their digests; a result without a
     * digest is never found.
     *
     * <p>Of a function that returns a future, the result is what the future yields. The query of a memo widens a number
     * to the result's type.
     *
     * @throws IllegalArgumentException if this is the query of a memo whose function cannot return {@code value}
     * @throws dev.fleche.digest.UndigestibleException if the value has no digest
     */
    public Query<R> result(@Nullable Object value) {
        return resultDigest(digests.result(value));
    }

    /** Returns the query for those of its calls whose result has the digest {@code digest}. */
    public Query<R> resultDigest(Digest digest) {
        return select(RecordFilter.ALL.withResult(digest));
    }

    /** Returns the query for those of its calls whose body started at {@code from} or later, and before {@code end}. */
    public Query<R> startedBetween(Instant from, Instant end) {
        return select(RecordFilter.ALL.withFrom(from).withBefore(end));
    }

    /**
     * Returns the query for those of its calls whose body ran for {@code shortest} to {@code longest}, both included.
     */
    public Query<R> wallTimeBetween(Duration shortest, Duration longest) {
        return select(RecordFilter.ALL.withWallTime(shortest, longest));
    }

    /**
     * Returns the query for those of its calls that {@code wanted} chooses.
     *
     * <p>The storage is asked for these calls alone, if no {@link #limit} was set before.
     */
    public Query<R> select(RecordFilter wanted) {
        Objects.requireNonNull(wanted, "wanted");
        Optional<RecordFilter> both = limited ? Optional.empty() : selection.and(wanted);
        return both.isPresent()
                ? new Query<>(source, both.get(), steps, false, digests, staleness)
                : filter(call -> wanted.accepts(call.record()));
    }

    /**
     * Returns the query for those of its calls whose code has changed: the digest of the code in their record is not
     * the one that the function's code has now for the same arguments.
     *
     * <p>The answer is for functions that memos of this process wrap, and of their present version; other calls are not
     * in it, nor are those whose record names no code. Reads the arguments of some of the calls, and analyses the code
     * of each function once.
     */
    public Query<R> stale() {
        return filter(staleness);
    }

    /**
     * Returns the query for those of its calls that {@code predicate} accepts.
     *
     * <p>It is asked about those calls alone that the query's other choices leave, also those that are made later.
     */
    public Query<R> filter(Predicate<? super RecordedCall<R>> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return then(calls -> calls.filter(predicate), limited);
    }

    /** Returns the query for its calls in the order of {@code comparator}; all of them are read before the first. */
    public Query<R> sorted(Comparator<? super RecordedCall<R>> comparator) {
        Objects.requireNonNull(comparator, "comparator");
        return then(calls -> calls.sorted(comparator), limited);
    }

    /**
     * Returns the query for the first {@code count} of its calls.
     *
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public Query<R> limit(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("expected a limit of zero or more, found " + count);
        }
        return then(calls -> calls.limit(count), true);
    }

    private Query<R> then(UnaryOperator<Stream<RecordedCall<R>>> step, boolean limits) {
        return new Query<>(source, selection, calls -> step.apply(steps.apply(calls)), limits, digests, staleness);
    }

    /**
     * Returns the calls, read as they are asked for.
     *
     * <p>The stream holds files or connections open until its end was reached or it is closed; a reader that may stop
     * earlier closes it.
     */
    public Stream<RecordedCall<R>> stream() {
        Stream<RecordedCall<R>> asked = source.apply(selection);
        // what a storage selects is looked at once more: a wrong index must not become a wrong answer
        return ClosingSpliterator.closingAtTheEnd(steps.apply(asked.filter(call -> selection.accepts(call.record()))));
    }

    /**
     * Returns the results, loaded as they are asked for.
     *
     * <p>To be closed like {@link #stream()}. A result that cannot be loaded throws {@link ValueUnavailableException}.
     */
    public Stream<R> results() {
        return stream().map(RecordedCall::result);
    }

    /**
     * Returns an iterator over the calls.
     *
     * <p>All records are read before the first is returned, so that nothing stays open when a loop is left early; for
     * more than fit into memory there is {@link #stream()}.
     */
    @Override
    public Iterator<RecordedCall<R>> iterator() {
        return toList().iterator();
    }

    /** Returns the calls in a list that cannot be changed. */
    public List<RecordedCall<R>> toList() {
        try (Stream<RecordedCall<R>> calls = stream()) {
            return calls.toList();
        }
    }

    /** Returns how many calls there are. */
    public long count() {
        try (Stream<RecordedCall<R>> calls = stream()) {
            return calls.count();
        }
    }

    /** Returns whether there is no call. */
    public boolean isEmpty() {
        try (Stream<RecordedCall<R>> calls = stream()) {
            return calls.findAny().isEmpty();
        }
    }

    /** Returns the call whose body returned last, of several the one with the greatest key; empty if there is none. */
    public Optional<RecordedCall<R>> latest() {
        Comparator<RecordedCall<R>> byStop = Comparator.comparing(RecordedCall::stop);
        try (Stream<RecordedCall<R>> calls = stream()) {
            return calls.max(byStop.thenComparing(RecordedCall::key));
        }
    }

    /** Returns the calls as a {@linkplain #table(int) table} at most 100 columns wide. */
    public String table() {
        return table(TABLE_COLUMNS);
    }

    /**
     * Returns the first 50 calls as a table in plain text, and says how many more there are.
     *
     * <p>A line per call: the start of its key, its function if there are several, its arguments, result, start in
     * local time, wall time, and tags. Long texts are shortened. A value that cannot be loaded is shown as {@code ?},
     * one of more than a mebibyte by its size, without loading it.
     *
     * @param maxColumns the number of characters that no line exceeds; at least 20
     * @throws IllegalArgumentException if {@code maxColumns} is less than 20
     */
    public String table(int maxColumns) {
        try (Stream<RecordedCall<R>> calls = stream()) {
            return CallTable.of(calls, maxColumns, ZoneId.systemDefault());
        }
    }

    /** Returns the query's class; reads nothing. */
    @Override
    public String toString() {
        return "a query; read it with table(), toList() or stream()";
    }
}
