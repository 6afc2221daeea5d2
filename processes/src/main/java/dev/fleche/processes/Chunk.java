package dev.fleche.processes;

import dev.fleche.Fn1;
import dev.fleche.SerializableCallable;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function and some elements for it, as one task.
 *
 * @param function takes any of the elements
 */
record Chunk(Fn1<@Nullable Object, @Nullable Object> function, Elements elements)
        implements SerializableCallable<Chunk.Result> {

    private static final long serialVersionUID = 1;

    /** The results, and how long they took. */
    record Result(Elements elements, long nanos) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** What the function threw, and for which element of the chunk. */
    static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int index;

        Failure(int index, Throwable cause) {
            super("element " + index + " of a chunk: " + cause, cause);
            this.index = index;
        }

        int index() {
            return index;
        }
    }

    @Override
    public Result call() throws InterruptedException {
        long start = System.nanoTime();
        @Nullable Object[] arguments = elements.toArray();
        @Nullable Object[] results = new @Nullable Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled before element " + i + " of a chunk");
            }
            try {
                results[i] = function.call(arguments[i]);
            } catch (Throwable thrown) {
                throw new Failure(i, thrown); // of whatever kind: it ends this task alone
            }
        }
        return new Result(Elements.of(results), System.nanoTime() - start);
    }
}
