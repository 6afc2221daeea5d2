package dev.fleche;

import static dev.fleche.testing.Journal.awaitLines;
import static dev.fleche.testing.Journal.awaitNoted;
import static dev.fleche.testing.Journal.note;
import static dev.fleche.testing.Journal.noted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Journal;
import dev.fleche.testing.LogRecords;
import dev.fleche.testing.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single flight as processes see it that share a directory; every test has a watchdog. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AcrossProcessesTest {

    @TempDir
    Path parent;

    private static volatile boolean forwards = true;

    static int triple(int x) {
        note("triple " + x);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        return 3 * x;
    }

    /** Runs until it is told to end. */
    static int untilTold(int x) {
        note("until told " + x);
        awaitNoted("end " + x);
        return -x;
    }

    /** Nested calls, whose keys two processes lock in different orders. */
    static int outer(int x) {
        return INNER.apply(x) + 1;
    }

    static int inner(int x) {
        note("inner " + x);
        return x;
    }

    /** Calls the other one, which calls this one in the other process: no order of the two is right. */
    static int left(int x) {
        return forwards ? crossed("left", () -> RIGHT.apply(x)) : 1;
    }

    static int right(int x) {
        return forwards ? 1 : crossed("right", () -> LEFT.apply(x));
    }

    private static int crossed(String name, IntSupplier nested) {
        note(name);
        awaitNoted("left");
        awaitNoted("right");
        return nested.getAsInt();
    }

    private static final Memo1<Integer, Integer> TRIPLE = Fleche.of(AcrossProcessesTest::triple);
    private static final Memo1<Integer, Integer> UNTIL_TOLD = Fleche.of(AcrossProcessesTest::untilTold);
    private static final Memo1<Integer, Integer> OUTER = Fleche.of(AcrossProcessesTest::outer);
    private static final Memo1<Integer, Integer> INNER = Fleche.of(AcrossProcessesTest::inner);
    private static final Memo1<Integer, Integer> LEFT = Fleche.of(AcrossProcessesTest::left);
    private static final Memo1<Integer, Integer> RIGHT = Fleche.of(AcrossProcessesTest::right);

    /** Makes the calls that its arguments name, and prints what they return. */
    static final class Caller {

        public static void main(String[] args) throws Exception {
            Path parent = Path.of(args[0]);
            Journal.open(parent);
            try (Cache cache = Cache.files(parent.resolve("store"));
                    Scope scope = Fleche.use(cache)) {
                System.out.println("ready");
                if (System.in.read() < 0) {
                    throw new IOException("nobody fired the gun");
                }
                System.out.println("result " + run(args[1], Integer.parseInt(args[2])));
            }
        }

        private static long run(String task, int number) {
            return switch (task) {
                case "many" -> sum(number, TRIPLE);
                case "outer first" -> sum(number, OUTER) + sum(number, INNER);
                case "inner first" -> sum(number, INNER) + sum(number, OUTER);
                case "until told" -> UNTIL_TOLD.apply(number);
                case "left" -> LEFT.apply(number);
                case "right" -> {
                    forwards = false;
                    yield RIGHT.apply(number);
                }
                default -> throw new IllegalArgumentException(task);
            };
        }

        private static long sum(int numbers, Memo1<Integer, Integer> memo) {
            return IntStream.range(0, numbers).mapToLong(memo::apply).sum();
        }
    }

    private ChildJvm caller(String task, int number, String... options) {
        Journal.open(parent);
        return ChildJvm.running(Caller.class, parent, task, number)
                .withOptions(options)
                .start();
    }

    private static List<String> results(List<ChildJvm> callers) {
        try {
            callers.forEach(caller -> caller.awaitLine("ready"));
            callers.forEach(caller -> caller.send("go"));
            return callers.stream()
                    .flatMap(caller -> caller.result().stream())
                    .distinct()
                    .toList();
        } finally {
            callers.forEach(ChildJvm::close);
        }
    }

    @Test
    void severalProcessesOnTheSameKeysRunEachBodyOnce() {
        List<ChildJvm> callers =
                Stream.generate(() -> caller("many", 150)).limit(4).toList();

        assertThat(results(callers)).containsExactly("ready", "result " + 3 * 150 * 149 / 2);

        assertThat(noted())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 150).mapToObj(x -> "triple " + x).toList());
    }

    @Test
    void nestedCallsOfSeveralProcessesRunEachBodyOnce() {
        List<ChildJvm> callers = List.of(caller("outer first", 100), caller("inner first", 100));

        assertThat(results(callers)).containsExactly("ready", "result " + (2 * 100 * 99 / 2 + 100));

        assertThat(noted())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(x -> "inner " + x).toList());
    }

    @Test
    void processesWhoseNestedCallsCrossDoNotWaitForEachOtherForEver() {
        String limit = "-Ddev.fleche.maxLockWaitMillis=200";

        List<String> results = results(List.of(caller("left", 1, limit), caller("right", 1, limit)));

        assertThat(results).containsExactly("ready", "result 1");
        assertThat(noted()).containsExactlyInAnyOrder("left", "right");
    }

    @Test
    void whoWaitsForAKilledProcessTakesOver() throws Exception {
        try (ChildJvm victim = caller("until told", 7);
                Cache cache = Cache.files(parent.resolve("store"))) {
            victim.awaitLine("ready");
            victim.send("go");
            awaitNoted("until told 7");
            CompletableFuture<Integer> result = new CompletableFuture<>();
            Thread survivor =
                    new Thread(() -> result.complete(UNTIL_TOLD.in(cache).apply(7)));
            survivor.start();
            awaitWaiting(survivor);

            victim.kill();
            awaitLines(2);
            note("end 7");

            assertThat(result.get()).isEqualTo(-7);
        }
        assertThat(noted()).containsExactly("until told 7", "until told 7", "end 7");
    }

    private static void awaitWaiting(Thread thread) {
        while (!Threads.isWaiting(thread)) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void threadsOfOneProcessRunOneBody() {
        Journal.open(parent);
        try (Cache cache = Cache.files(parent.resolve("store"))) {
            Memo1<Integer, Integer> triple = TRIPLE.in(cache);

            Threads.inParallel(8, thread -> assertThat(triple.apply(5)).isEqualTo(15));
        }

        assertThat(noted()).containsExactly("triple 5");
    }

    @Test
    void anInterruptedThreadStopsWaitingForAnotherProcessAndComputes() throws Exception {
        try (ChildJvm other = caller("until told", 3);
                Cache cache = Cache.files(parent.resolve("store"))) {
            other.awaitLine("ready");
            other.send("go");
            awaitNoted("until told 3");
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                int result = UNTIL_TOLD.in(cache).apply(3);
                flag.complete(result == -3 && Thread.currentThread().isInterrupted());
            });
            thread.start();
            awaitWaiting(thread);

            thread.interrupt();
            awaitLines(2);
            note("end 3");

            assertThat(flag.get()).isTrue();
            assertThat(other.result()).contains("result -3");
        }
    }

    @Test
    void hitsAndReadOnlyCachesTakeNoLock() {
        Journal.open(parent);
        Path store = parent.resolve("store");
        try (Cache cache = Cache.files(store)) {
            TRIPLE.in(cache.readOnly()).apply(1);
            assertThat(store.resolve("locks")).doesNotExist();
            TRIPLE.in(cache).apply(1);
            assertThat(store.resolve("locks")).exists();
        }
        try (ChildJvm holder = ChildJvm.start(LocksTriple.class, store);
                Cache cache = Cache.files(store)) {
            holder.awaitLine("held");

            assertThat(TRIPLE.in(cache).apply(1)).isEqualTo(3);
            assertThat(TRIPLE.in(cache.readOnly()).apply(2)).isEqualTo(6);
        }
    }

    /** Holds the locks of two calls. */
    static final class LocksTriple {

        public static void main(String[] args) throws IOException {
            Storages storages = StorageProviders.open(CacheConfig.of("files").with("path", args[0]));
            List<Optional<KeyLock>> locks = new ArrayList<>();
            for (int x = 1; x <= 2; x++) {
                locks.add(storages.locks().tryLock(TRIPLE.digest(x)));
            }
            System.out.println(locks.stream().allMatch(Optional::isPresent) ? "held" : "not held");
            System.in.read();
        }
    }

    @Test
    void aLockFileThatCannotBeUsedCostsOneWarningAndNoCallInStrictModeToo() throws IOException {
        Journal.open(parent);
        Path store = parent.resolve("store");
        LogRecords log = new LogRecords("dev.fleche.cache");
        try (Cache cache = Cache.files(store)) {
            Files.createDirectory(store.resolve("locks"));
            Memo1<Integer, Integer> strict = Fleche.<Integer, Integer>of(AcrossProcessesTest::triple, Option.strict())
                    .in(cache);

            assertThat(IntStream.range(0, 5).map(strict::apply)).containsExactly(0, 3, 6, 9, 12);

            assertThat(strict.contains(4)).isTrue();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("may be computed twice at a time: " + store.resolve("locks") + " cannot be locked: ");
        } finally {
            log.close();
        }
    }

    @Test
    void aBodyThatFailsGivesTheLockUp() {
        Journal.open(parent);
        Path store = parent.resolve("store");
        try (Cache cache = Cache.files(store)) {
            Memo1<Integer, Integer> fails =
                    Fleche.<Integer, Integer>of(AcrossProcessesTest::fail).in(cache);
            assertThatThrownBy(() -> fails.apply(1)).hasMessage("body");

            assertThat(ChildJvm.start(LocksFailed.class, store).result()).containsExactly("free");
        }
    }

    static int fail(int x) {
        throw new IllegalArgumentException("body");
    }

    /** Says whether the lock of the failed call is free. */
    static final class LocksFailed {

        public static void main(String[] args) {
            Storages storages = StorageProviders.open(CacheConfig.of("files").with("path", args[0]));
            Memo1<Integer, Integer> fails = Fleche.of(AcrossProcessesTest::fail);
            System.out.println(storages.locks().tryLock(fails.digest(1)).isPresent() ? "free" : "held");
        }
    }
}
