package dev.fleche;

import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The future that a body has returned, as those who depend on it need it. */
sealed interface BodyFuture {

    /** Cancels it, as a caller does that has it in hand. */
    void cancel(boolean mayInterrupt);

    /** One that tells when it completes. */
    record Observed(CompletionStage<?> stage) implements BodyFuture {
        @Override
        public void cancel(boolean mayInterrupt) {
            Future<?> future = stage instanceof Future<?> itself ? itself : stage.toCompletableFuture();
            future.cancel(mayInterrupt);
        }
    }

    /**
     * One that must be asked.
     *
     * <p>Held by the caller who got it and by what runs it. If they forget it, nobody can ever complete it.
     */
    record Polled(WeakReference<Future<?>> reference) implements BodyFuture {
        static Polled of(Future<?> future) {
            return new Polled(new WeakReference<>(future));
        }

        @Nullable
        Future<?> future() {
            return reference.get();
        }

        /** Tells {@code told} what {@code done} holds, as a stage would do; an interrupt stays pending. */
        static void tell(Future<?> done, BiConsumer<@Nullable Object, @Nullable Throwable> told) {
            Object value = null;
            Throwable thrown = null;
            boolean interrupted = Thread.interrupted();
            try {
                value = done.get();
            } catch (CancellationException e) {
                thrown = e;
            } catch (ExecutionException e) {
                thrown = new CompletionException(e.getCause());
            } catch (Throwable e) { // whatever it is, the caller would have got it
                thrown = new CompletionException(e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            told.accept(value, thrown);
        }

        @Override
        public void cancel(boolean mayInterrupt) {
            Future<?> future = reference.get();
            if (future != null) {
                future.cancel(mayInterrupt);
            }
        }
    }
}
