package dev.fleche.processes;

import dev.fleche.Fleche;
import dev.fleche.FlecheExecutor;
import dev.fleche.Memo1;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One application of a memoised function to many elements: what is stored is answered here, the rest by workers.
 *
 * <p>Each element travels on its own, since what is worth storing takes longer than the way. Not thread-safe; confined
 * to one call.
 */
final class MemoMapping<A extends @Nullable Object, R extends @Nullable Object> {

    private static final int AHEAD_PER_WORKER = Pacing.MAX_DEPTH;

    private final FlecheExecutor executor;
    private final Memo1<A, R> memo;
    private final int ahead;

    MemoMapping(ProcessPool pool, Memo1<A, R> memo) {
        this.executor = Fleche.wrap(pool);
        this.memo = memo.bind();
        this.ahead = AHEAD_PER_WORKER * pool.workers();
    }

    /** Returns all results; blocks. */
    List<R> list(Collection<? extends A> elements) {
        List<Future<R>> futures = new ArrayList<>(elements.size());
        List<R> results = new ArrayList<>(elements.size());
        try {
            for (Iterator<? extends A> left = elements.iterator(); left.hasNext(); ) {
                futures.add(executor.submit(memo.on(left.next())));
                if (futures.size() - results.size() >= ahead) {
                    results.add(next(futures, results.size()));
                }
            }
            while (results.size() < futures.size()) {
                results.add(next(futures, results.size()));
            }
        } catch (InterruptedException e) {
            throw Mapping.interrupted(e);
        } catch (RejectedExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupt) {
                throw Mapping.interrupted(interrupt);
            }
            throw e;
        } finally {
            for (Future<R> future : futures.subList(results.size(), futures.size())) {
                future.cancel(true);
            }
        }
        return results;
    }

    private static <R extends @Nullable Object> R next(List<Future<R>> futures, int index) throws InterruptedException {
        try {
            return futures.get(index).get();
        } catch (ExecutionException e) {
            throw Mapping.failure(index, e.getCause() == null ? e : e.getCause());
        }
    }
}
