package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Digestible;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks given to a wrapped executor together. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskGroupTest {

    private static final AtomicInteger DIGESTS = new AtomicInteger();

    /** What takes its time to be keyed. */
    record Large(int number) implements Digestible {
        @Override
        public Object digestKey() {
            DIGESTS.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            return number;
        }
    }

    static int number(Large large) {
        return large.number();
    }

    private static final Memo1<Large, Integer> NUMBER = Fleche.of(TaskGroupTest::number);

    /** An executor that says it is one of other processes. */
    private static final class Remote extends ThreadPoolExecutor implements RemoteExecutor {
        Remote() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    @Test
    void aTimeLimitOfInvokeAnyCountsTheLookUps() {
        assertTimeIsKept(Executors.newFixedThreadPool(1));
        assertTimeIsKept(new Remote());
    }

    private static void assertTimeIsKept(ExecutorService executor) {
        try (Cache cache = Cache.memory();
                FlecheExecutor pool = Fleche.wrap(executor)) {
            List<Call<Integer>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> NUMBER.in(cache).on(new Large(i)))
                    .toList();
            DIGESTS.set(0);

            assertThatThrownBy(() -> pool.invokeAny(calls, 1, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);

            assertThat(DIGESTS.get()).isLessThan(10);
        }
    }

    @Test
    void invokeAnyWithoutALimitLooksUpAll() throws Exception {
        try (Cache cache = Cache.memory();
                FlecheExecutor pool = Fleche.wrap((ExecutorService) new Remote())) {
            List<Call<Integer>> calls = IntStream.range(0, 5)
                    .mapToObj(i -> NUMBER.in(cache).on(new Large(i)))
                    .toList();
            calls.get(4).call();

            assertThat(pool.invokeAny(calls)).isEqualTo(4);
            assertThat(pool.invokeAny(calls, 1, TimeUnit.MINUTES)).isEqualTo(4);
        }
    }
}
