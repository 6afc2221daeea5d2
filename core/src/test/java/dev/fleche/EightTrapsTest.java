package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Threads;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Eight traps that other caches of the JVM fall into. */
class EightTrapsTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Set<Thread> CALLERS = ConcurrentHashMap.newKeySet();

    @TempDir
    Path directory;

    static String greet(String name) {
        return "hello " + name;
    }

    static String dayName(DayOfWeek day) {
        return day.name().toLowerCase(java.util.Locale.ROOT);
    }

    static long fibonacci(int n) {
        return n < 2 ? n : FIBONACCI.apply(n - 1) + FIBONACCI.apply(n - 2);
    }

    static String a(int x) {
        return "a" + x;
    }

    static String b(int x) {
        return "b" + x;
    }

    static List<String> words(int n) {
        return new ArrayList<>(List.of("word", "word" + n));
    }

    /** Returns only when all other callers wait for it, or one of them runs it too. */
    static int slow(int x) {
        RUNS.incrementAndGet();
        while (RUNS.get() == 1
                && !(CALLERS.size() == 32 && CALLERS.stream().allMatch(EightTrapsTest::isWaitingOrThisOne))) {
            LockSupport.parkNanos(100_000);
        }
        return x + 1;
    }

    private static boolean isWaitingOrThisOne(Thread caller) {
        return caller == Thread.currentThread() || Threads.isWaiting(caller);
    }

    static final Memo1<Integer, Long> FIBONACCI = Fleche.of(EightTrapsTest::fibonacci);
    private static final Memo1<String, String> GREET = Fleche.of(EightTrapsTest::greet);
    private static final Memo1<DayOfWeek, String> DAY = Fleche.of(EightTrapsTest::dayName);

    /** Stores what the test then looks for, and halts without closing anything. */
    static final class Writer {
        public static void main(String[] args) {
            Cache cache = Cache.files(Path.of(args[0]));
            for (String name : List.of("ann", "bob", "cid", "dan", "eve")) {
                GREET.in(cache).apply(name);
            }
            for (DayOfWeek day : DayOfWeek.values()) {
                DAY.in(cache).apply(day);
            }
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void entriesSurviveAHaltWithoutClose() {
        ChildJvm.start(Writer.class, directory).result();

        try (Cache cache = Cache.files(directory)) {
            for (String name : List.of("ann", "bob", "cid", "dan", "eve")) {
                assertThat(GREET.in(cache).load(name)).isEqualTo("hello " + name);
            }
        }
    }

    @Test
    void enumKeysAreFoundAfterARestart() {
        ChildJvm.start(Writer.class, directory).result();

        try (Cache cache = Cache.files(directory)) {
            for (DayOfWeek day : DayOfWeek.values()) {
                assertThat(DAY.in(cache).contains(day)).isTrue();
            }
        }
    }

    @Test
    void aHaltedStoreReopens() {
        ChildJvm.start(Writer.class, directory).result();
        ChildJvm.start(Writer.class, directory).result();

        try (Cache cache = Cache.open(directory)) {
            assertThat(GREET.in(cache).query().count()).isEqualTo(5);
        }
    }

    @Test
    void aMemoisedFunctionMayCallItself() {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            assertThat(FIBONACCI.apply(80)).isEqualTo(23416728348467685L);
        }
    }

    @Test
    void twoFunctionsWithEqualArgumentsDoNotClash() {
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, String> a = Fleche.of(EightTrapsTest::a).in(cache);
            Memo1<Integer, String> b = Fleche.of(EightTrapsTest::b).in(cache);

            assertThat(a.apply(1)).isEqualTo("a1");
            assertThat(b.apply(1)).isEqualTo("b1");
            assertThat(a.apply(1)).isEqualTo("a1");
        }
    }

    @Test
    void aChangedResultDoesNotReachTheNextCaller() {
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, List<String>> words =
                    Fleche.of(EightTrapsTest::words).in(cache);

            words.apply(1).add("foreign");
            words.apply(1).add("foreign too");

            assertThat(words.apply(1)).containsExactly("word", "word1");
        }
    }

    /** A service that calls its own memoised method through {@code this}. */
    static final class Service {

        private final AtomicInteger runs = new AtomicInteger();
        private final Memo1<Integer, Integer> square = Fleche.of(this::square, Option.ignoreReceiver());

        int square(int x) {
            runs.incrementAndGet();
            return x * x;
        }

        int twice(int x) {
            return this.square.apply(x) + this.square.apply(x);
        }
    }

    @Test
    void aCallThroughThisIsCached() {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            Service service = new Service();

            assertThat(service.twice(3)).isEqualTo(18);
            assertThat(service.runs).hasValue(1);
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void oneOfThirtyTwoThreadsComputes() throws Exception {
        RUNS.set(0);
        CALLERS.clear();
        int threads = 32;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, Integer> slow = Fleche.of(EightTrapsTest::slow).in(cache);
            CyclicBarrier barrier = new CyclicBarrier(threads);
            Callable<Integer> task = () -> {
                barrier.await();
                CALLERS.add(Thread.currentThread());
                return slow.apply(41);
            };

            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(task));
            }

            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(42);
            }
            assertThat(RUNS).hasValue(1);
        } finally {
            pool.shutdownNow();
        }
    }
}
