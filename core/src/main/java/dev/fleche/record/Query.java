package dev.fleche.record;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
 * <p>Reading blocks on I/O. Trouble with the storage is the storage's exception; what a predicate or a comparator
 * throws passes unchanged.
 *
 * @param <R> the type of the results
 */
public final class Query<R extends @Nullable Object> implements Iterable<RecordedCall<R>> {

    private static final int TABLE_COLUMNS = 100;

    private final Supplier<? extends Stream<RecordedCall<R>>> source;
    private final Predicate<? super RecordedCall<R>> staleness;

    private Query(Supplier<? extends Stream<RecordedCall<R>>> source, Predicate<? super RecordedCall<R>> staleness) {
        this.source = source;
        this.staleness = staleness;
    }

    /**
     * Returns the query for all calls that {@code source} gives.
     *
     * @param source what opens a new stream for each answer; the stream is closed by the reader
     * @param <R> the type of the results
     */
    public static <R extends @Nullable Object> Query<R> of(Supplier<? extends Stream<RecordedCall<R>>> source) {
        return new Query<>(Objects.requireNonNull(source, "source"), Staleness::isStale);
    }

    /**
     * Returns the same query with another way to tell which of its calls are {@linkplain #stale stale}.
     *
     * @param staleness what tells it; called only for what {@link #stale} asks
     */
    public Query<R> judgedBy(Predicate<? super RecordedCall<R>> staleness) {
        return new Query<>(source, Objects.requireNonNull(staleness, "staleness"));
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

    /** Returns the query for those of its calls that {@code predicate} accepts. */
    public Query<R> filter(Predicate<? super RecordedCall<R>> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return then(calls -> calls.filter(predicate));
    }

    /** Returns the query for its calls in the order of {@code comparator}; all of them are read before the first. */
    public Query<R> sorted(Comparator<? super RecordedCall<R>> comparator) {
        Objects.requireNonNull(comparator, "comparator");
        return then(calls -> calls.sorted(comparator));
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
        return then(calls -> calls.limit(count));
    }

    private Query<R> then(UnaryOperator<Stream<RecordedCall<R>>> step) {
        return new Query<>(() -> step.apply(source.get()), staleness);
    }

    /**
     * Returns the calls, read as they are asked for.
     *
     * <p>The stream holds files or connections open until its end was reached or it is closed; a reader that may stop
     * earlier closes it.
     */
    public Stream<RecordedCall<R>> stream() {
        return ClosingSpliterator.closingAtTheEnd(source.get());
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
