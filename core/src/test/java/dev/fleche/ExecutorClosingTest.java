package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors with and without a close of their own; the contract holds what is true of both. */
@Timeout(60)
class ExecutorClosingTest {

    private final List<String> calls = new ArrayList<>();
    private final ExecutorService closing = new Closing();

    private class Pool extends ThreadPoolExecutor {

        Pool() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public void shutdown() {
            calls.add("shutdown");
            super.shutdown();
        }
    }

    /** An executor that had a close before the JDK's executors got one. */
    private final class Closing extends Pool implements AutoCloseable {
        @Override
        public void close() {
            calls.add("close");
            shutdownNow();
            throw new UncheckedIOException("closing", new java.io.IOException());
        }
    }

    @AfterEach
    void release() {
        closing.shutdownNow();
    }

    @Test
    void anExecutorsOwnCloseIsUsedAndItsExceptionPasses() {
        FlecheExecutor pool = Fleche.wrap(closing);

        assertThatThrownBy(pool::close).isInstanceOf(UncheckedIOException.class).hasMessage("closing");

        assertThat(calls).containsExactly("close");
    }

    @Test
    void aTerminatedExecutorIsNotShutDownAgain() {
        FlecheExecutor pool = Fleche.wrap((ExecutorService) new Pool());

        pool.close();
        pool.close();

        assertThat(calls).containsExactly("shutdown");
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void aWrappedExecutorIsClosedByTry() {
        FlecheExecutor left;
        try (FlecheExecutor pool = Fleche.wrap((ExecutorService) new Pool())) {
            left = pool;
        }

        assertThat(left.isTerminated()).isTrue();
    }
}
