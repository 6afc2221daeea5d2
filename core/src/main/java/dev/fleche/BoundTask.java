package dev.fleche;

import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs in the context in which it was bound.
 *
 * <p>One that can be serialised is of a type of its own, so that one that cannot does not claim to.
 */
interface BoundTask {

    /** Returns {@code task} bound to the context of this thread; itself if it is bound already. */
    static <T extends @Nullable Object> Callable<T> bind(Callable<T> task) {
        return bind(task, Context::frozen);
    }

    /** Does the same to what {@code adapt} makes of that context. */
    static <T extends @Nullable Object> Callable<T> bind(Callable<T> task, UnaryOperator<Context> adapt) {
        if (task instanceof BoundTask || task instanceof Call<?>) {
            return task;
        }
        Context context = adapt.apply(Context.current());
        return task instanceof Serializable ? new TravellingCall<>(context, task) : new LocalCall<>(context, task);
    }

    /** Returns {@code task} bound to the context of this thread; itself if it is bound already. */
    static <T extends @Nullable Object> SerializableCallable<T> bindSerializable(SerializableCallable<T> task) {
        return task instanceof BoundTask || task instanceof Call<?>
                ? task
                : new TravellingCall<>(Context.current().frozen(), task);
    }

    /** Returns {@code task} bound to the context of this thread; itself if it is bound already. */
    static Runnable bind(Runnable task) {
        return bind(task, Context::frozen);
    }

    /** Does the same to what {@code adapt} makes of that context. */
    static Runnable bind(Runnable task, UnaryOperator<Context> adapt) {
        if (task instanceof BoundTask) {
            return task;
        }
        Context context = adapt.apply(Context.current());
        return task instanceof Serializable ? new TravellingRun(context, task) : new LocalRun(context, task);
    }

    /** Returns {@code task} bound to the context of this thread; itself if it is bound already. */
    static SerializableRunnable bindSerializable(SerializableRunnable task) {
        return task instanceof BoundTask
                ? task
                : new TravellingRun(Context.current().frozen(), task);
    }

    private static <T extends @Nullable Object> T callIn(Context context, Callable<T> task) throws Exception {
        Context before = context.within(Context.current()).enter();
        try {
            return task.call();
        } finally {
            before.enter();
        }
    }

    private static void runIn(Context context, Runnable task) {
        Context before = context.within(Context.current()).enter();
        try {
            task.run();
        } finally {
            before.enter();
        }
    }

    /** A bound task that stays in this process. */
    final class LocalCall<T extends @Nullable Object> implements Callable<T>, BoundTask {

        private final Context context;
        private final Callable<T> task;

        private LocalCall(Context context, Callable<T> task) {
            this.context = context;
            this.task = task;
        }

        @Override
        public T call() throws Exception {
            return callIn(context, task);
        }
    }

    /** A bound task without a result that stays in this process. */
    final class LocalRun implements Runnable, BoundTask {

        private final Context context;
        private final Runnable task;

        private LocalRun(Context context, Runnable task) {
            this.context = context;
            this.task = task;
        }

        @Override
        public void run() {
            runIn(context, task);
        }
    }

    /** A bound task that can be serialised; a record, so that no stream makes one without its parts. */
    @SuppressWarnings("serial") // only tasks that are serializable come here
    record TravellingCall<T extends @Nullable Object>(Context context, Callable<T> task)
            implements SerializableCallable<T>, BoundTask {

        private static final long serialVersionUID = 1;

        public TravellingCall {
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(task, "task");
        }

        @Override
        public T call() throws Exception {
            return callIn(context, task);
        }

        /** Binding a task twice makes two tasks. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return "bound task";
        }
    }

    /** A bound task without a result that can be serialised. */
    @SuppressWarnings("serial") // only tasks that are serializable come here
    record TravellingRun(Context context, Runnable task) implements SerializableRunnable, BoundTask {

        private static final long serialVersionUID = 1;

        public TravellingRun {
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(task, "task");
        }

        @Override
        public void run() {
            runIn(context, task);
        }

        /** Binding a task twice makes two tasks. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return "bound task";
        }
    }
}
