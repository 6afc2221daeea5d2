package dev.fleche.processes;

import dev.fleche.Fn1;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One application of a function to many elements, in chunks.
 *
 * <p>Not thread-safe; confined to one call, or to who takes from the stream.
 */
final class Mapping<A extends @Nullable Object, R extends @Nullable Object> {

    /** Enough for workers to be given as many at a time as {@link Pacing} likes. */
    private static final int CHUNKS_PER_WORKER = Pacing.MAX_DEPTH;

    private final ProcessPool pool;
    private final Fn1<@Nullable Object, @Nullable Object> function;
    private final ChunkSizes sizes;
    private final ArrayDeque<Part> parts = new ArrayDeque<>();
    private volatile boolean failed;
    private long taken;

    /** A chunk on its way. */
    private record Part(long index, CompletableFuture<Chunk.Result> future) {}

    @SuppressWarnings("unchecked") // it is only given elements, which are As
    Mapping(ProcessPool pool, Fn1<? super A, ? extends R> function, ChunkSizes sizes) {
        this.pool = pool;
        this.function =
                (Fn1<@Nullable Object, @Nullable Object>) (Fn1<?, ?>) Objects.requireNonNull(function, "function");
        this.sizes = sizes;
    }

    /** Returns all results; blocks. */
    List<R> list(Collection<? extends A> elements) {
        // counts chunks that have not ended: one that takes long does not keep the others from going on
        Semaphore permits = new Semaphore(CHUNKS_PER_WORKER * pool.workers());
        List<@Nullable Object> results = new ArrayList<>(elements.size());
        try {
            for (Iterator<? extends A> left = elements.iterator(); left.hasNext() && !failed; ) {
                permits.acquire();
                submit(left, permits);
            }
            for (Part part = parts.peek(); part != null; part = parts.peek()) {
                Collections.addAll(results, await(part));
                parts.remove();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            cancelAll();
        }
        return typed(results);
    }

    /** Returns the results as a stream, lazily. */
    Stream<R> stream(Iterable<? extends A> elements) {
        Spliterator<R> results = new Results(elements);
        return StreamSupport.stream(results, false).onClose(this::cancelAll);
    }

    private final class Results extends Spliterators.AbstractSpliterator<R> {

        private final Iterable<? extends A> elements;
        private @Nullable Iterator<? extends A> left;
        private Iterator<R> ready = Collections.emptyIterator();

        Results(Iterable<? extends A> elements) {
            super(Long.MAX_VALUE, Spliterator.ORDERED);
            this.elements = Objects.requireNonNull(elements, "elements");
        }

        @Override
        public boolean tryAdvance(java.util.function.Consumer<? super R> action) {
            while (!ready.hasNext()) {
                if (!advance()) {
                    return false;
                }
            }
            action.accept(ready.next());
            return true;
        }

        private boolean advance() {
            Iterator<? extends A> rest = left == null ? elements.iterator() : left;
            left = rest;
            boolean goesOn = false;
            try {
                while (rest.hasNext() && parts.size() < CHUNKS_PER_WORKER * pool.workers()) {
                    submit(rest, null);
                }
                Part next = parts.peek();
                if (next == null) {
                    return false;
                }
                List<@Nullable Object> results = new ArrayList<>();
                Collections.addAll(results, await(next));
                ready = Mapping.<R>typed(results).iterator();
                parts.remove();
                goesOn = true;
            } catch (InterruptedException e) {
                throw interrupted(e);
            } finally {
                if (!goesOn) {
                    cancelAll();
                }
            }
            return true;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is chained cannot fail
    private void submit(Iterator<? extends A> left, @Nullable Semaphore permits) throws InterruptedException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int size = sizes.next(); elements.size() < size && left.hasNext(); ) {
            elements.add(left.next());
        }
        Chunk chunk = new Chunk(function, Elements.of(elements.toArray()));
        CompletableFuture<Chunk.Result> future = submit(chunk);
        parts.add(new Part(taken, future));
        taken += elements.size();
        future.whenComplete((result, thrown) -> {
            if (thrown == null) {
                sizes.took(elements.size(), result.nanos());
            } else {
                failed = true;
            }
            if (permits != null) {
                permits.release();
            }
        });
    }

    private CompletableFuture<Chunk.Result> submit(Chunk chunk) throws InterruptedException {
        try {
            return pool.submit(chunk, Room.FOR_EVER);
        } catch (TimeoutException e) {
            throw new IllegalStateException("centuries have passed", e);
        }
    }

    private static @Nullable Object[] await(Part part) throws InterruptedException {
        try {
            return part.future().get().elements().toArray();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof Chunk.Failure failure) {
                Throwable thrown = failure.getCause() == null ? failure : failure.getCause();
                throw failure(part.index() + failure.index(), thrown);
            }
            throw failure(part.index(), cause);
        }
    }

    static ElementFailedException failure(long index, Throwable cause) {
        return new ElementFailedException("the function failed for element " + index + ": " + cause, index, cause);
    }

    static CancellationException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        CancellationException cancelled =
                new CancellationException("interrupted while waiting for the results of a map; what ran is cancelled");
        cancelled.initCause(e);
        return cancelled;
    }

    private void cancelAll() {
        for (Part part : parts) {
            part.future().cancel(true);
        }
        parts.clear();
    }

    @SuppressWarnings("unchecked") // the function returned Rs
    private static <R extends @Nullable Object> List<R> typed(List<@Nullable Object> results) {
        return (List<R>) (List<?>) Collections.unmodifiableList(results);
    }
}
