package dev.fleche;

import static dev.fleche.testing.Journal.awaitLines;
import static dev.fleche.testing.Journal.awaitNoted;
import static dev.fleche.testing.Journal.note;
import static dev.fleche.testing.Journal.noted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that return futures, as processes see them that share a directory; every test has a watchdog. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuturesAcrossProcessesTest {

    @TempDir
    Path parent;

    static CompletableFuture<Integer> triple(int x) {
        note("triple " + x);
        return CompletableFuture.supplyAsync(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            return 3 * x;
        });
    }

    /** Computes until it is told to end. */
    static CompletableFuture<List<Integer>> untilTold(int x) {
        note("until told " + x);
        return CompletableFuture.supplyAsync(() -> {
            awaitNoted("end " + x);
            return new ArrayList<>(List.of(x));
        });
    }

    /** The same, asked for its end. */
    static Future<List<Integer>> polled(int x) {
        return new FutureBodies.Opaque<>(untilTold(x));
    }

    /** What a caller passes is changed while he waits. */
    static CompletableFuture<Integer> size(List<Integer> list) {
        note("size " + list.size());
        return CompletableFuture.completedFuture(list.size());
    }

    private static final Memo1<Integer, CompletableFuture<Integer>> TRIPLE =
            Fleche.of(FuturesAcrossProcessesTest::triple);
    private static final Memo1<Integer, CompletableFuture<List<Integer>>> UNTIL_TOLD =
            Fleche.of(FuturesAcrossProcessesTest::untilTold);
    private static final Memo1<Integer, Future<List<Integer>>> POLLED = Fleche.of(FuturesAcrossProcessesTest::polled);
    private static final Memo1<List<Integer>, CompletableFuture<Integer>> SIZE =
            Fleche.of(FuturesAcrossProcessesTest::size);

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

        private static Object run(String task, int number) throws Exception {
            return switch (task) {
                case "all at once" -> sum(number, TRIPLE::apply);
                case "one by one" ->
                    sum(
                            number,
                            x -> CompletableFuture.completedFuture(
                                    TRIPLE.apply(x).join()));
                case "until told" -> UNTIL_TOLD.apply(number).get();
                default -> throw new IllegalArgumentException(task);
            };
        }

        private static long sum(int numbers, IntFunction<CompletableFuture<Integer>> call) {
            List<CompletableFuture<Integer>> all =
                    IntStream.range(0, numbers).mapToObj(call).toList();
            return all.stream().mapToLong(CompletableFuture::join).sum();
        }
    }

    /** Holds the locks of calls until it may end. */
    static final class Holder {

        public static void main(String[] args) throws IOException {
            Storages storages = StorageProviders.open(CacheConfig.of("files").with("path", args[0]));
            List<Optional<KeyLock>> locks = Stream.of(
                            UNTIL_TOLD.digest(1), POLLED.digest(1), SIZE.digest(List.of()), TRIPLE.digest(1))
                    .map(storages.locks()::tryLock)
                    .toList();
            System.out.println(locks.stream().allMatch(Optional::isPresent) ? "held" : "not held");
            System.in.read();
        }
    }

    private ChildJvm caller(String task, int number) {
        return ChildJvm.start(Caller.class, parent, task, number);
    }

    private ChildJvm holder() {
        ChildJvm holder = ChildJvm.start(Holder.class, parent.resolve("store"));
        holder.awaitLine("held");
        return holder;
    }

    private Cache open() {
        return Cache.files(parent.resolve("store"));
    }

    @BeforeEach
    void setJournal() {
        Journal.open(parent);
    }

    @Test
    void severalProcessesOnTheSameKeysRunEachBodyOnce() {
        List<ChildJvm> callers =
                List.of(caller("all at once", 40), caller("all at once", 40), caller("one by one", 40));
        try {
            callers.forEach(caller -> caller.awaitLine("ready"));
            callers.forEach(caller -> caller.send("go"));

            assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).contains("result " + 3 * 40 * 39 / 2));
        } finally {
            callers.forEach(ChildJvm::close);
        }
        assertThat(noted())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 40).mapToObj(x -> "triple " + x).toList());
    }

    @Test
    void whoWaitsForAKilledProcessTakesOver() throws Exception {
        try (ChildJvm victim = caller("until told", 7);
                Cache cache = open()) {
            victim.awaitLine("ready");
            victim.send("go");
            awaitNoted("until told 7");
            CompletableFuture<List<Integer>> first = UNTIL_TOLD.in(cache).apply(7);
            CompletableFuture<List<Integer>> second = UNTIL_TOLD.in(cache).apply(7);
            assertThat(noted()).hasSize(1);

            victim.kill();
            awaitLines(2);
            note("end 7");

            assertThat(first.get()).containsExactly(7);
            assertThat(second.get()).containsExactly(7).isNotSameAs(first.get());
            assertThat(UNTIL_TOLD.in(cache).contains(7)).isTrue();
        }
        assertThat(noted()).containsExactly("until told 7", "until told 7", "end 7");
    }

    @Test
    void allWhoWaitGetTheResultOfTheOtherProcess() throws Exception {
        try (ChildJvm other = caller("until told", 7);
                Cache cache = open()) {
            other.awaitLine("ready");
            other.send("go");
            awaitNoted("until told 7");
            List<CompletableFuture<List<Integer>>> waiting = Stream.generate(
                            () -> UNTIL_TOLD.in(cache).apply(7))
                    .limit(3)
                    .toList();
            waiting.get(0).cancel(true);

            note("end 7");

            assertThat(waiting.get(1).get()).containsExactly(7);
            assertThat(waiting.get(2).get())
                    .containsExactly(7)
                    .isNotSameAs(waiting.get(1).get());
            assertThat(waiting.get(0)).isCancelled();
        }
        assertThat(noted()).containsExactly("until told 7", "end 7");
    }

    @Test
    void aFutureThatIsAskedComesFromTheBodyThatWasStartedLater() throws Exception {
        try (ChildJvm holder = holder();
                Cache cache = open()) {
            Future<List<Integer>> future = POLLED.in(cache).apply(1);
            assertThat(future.isDone()).isFalse();
            assertThat(noted()).isEmpty();

            holder.kill();
            awaitNoted("until told 1");
            note("end 1");

            assertThat(future.get()).containsExactly(1);
            assertThat(POLLED.in(cache).contains(1)).isTrue();
        }
    }

    @Test
    void whoCancelsWhileHeWaitsStartsNothingAndLeavesTheLockFree() throws Exception {
        try (ChildJvm holder = holder();
                Cache cache = open()) {
            CompletableFuture<Integer> first = TRIPLE.in(cache).apply(1);
            CompletableFuture<Integer> second = TRIPLE.in(cache).apply(1);
            CompletableFuture<List<Integer>> later = UNTIL_TOLD.in(cache).apply(1);
            assertThat(first.cancel(true)).isTrue();
            assertThat(second.cancel(true)).isTrue();

            holder.kill();
            // the poller gets this lock not before it has met the one that nobody waits for any more
            awaitNoted("until told 1");

            ChildJvm next = ChildJvm.start(TakesTriple.class, parent.resolve("store"));
            assertThat(next.result()).containsExactly("free");
            note("end 1");
            assertThat(later.get()).containsExactly(1);
            assertThat(noted()).containsExactly("until told 1", "end 1");
            assertThat(TRIPLE.in(cache).apply(1).get()).isEqualTo(3);
        }
    }

    /** Says whether the lock of a call is free. */
    static final class TakesTriple {

        public static void main(String[] args) {
            Storages storages = StorageProviders.open(CacheConfig.of("files").with("path", args[0]));
            System.out.println(storages.locks().tryLock(TRIPLE.digest(1)).isPresent() ? "free" : "held");
        }
    }

    @Test
    void argumentsThatChangeWhileTheCallWaitsAreFiledAsWhatTheyAre() throws Exception {
        try (ChildJvm holder = holder();
                Cache cache = open()) {
            List<Integer> changing = new ArrayList<>();
            CompletableFuture<Integer> future = SIZE.in(cache).apply(changing);

            changing.add(1);
            holder.kill();

            assertThat(future.get()).isEqualTo(1);
            assertThat(SIZE.in(cache).contains(List.of())).isFalse();
            assertThat(SIZE.in(cache).load(List.of(1)).get()).isEqualTo(1);
        }
    }

    @Test
    void readOnlyCachesTakeNoLock() throws Exception {
        try (ChildJvm holder = holder();
                Cache cache = open()) {
            assertThat(TRIPLE.in(cache.readOnly()).apply(1).get()).isEqualTo(3);
            assertThat(holder.isAlive()).isTrue();
        }
    }

    @Test
    void theLockIsFreeWhenTheResultIsThere() throws Exception {
        try (Cache cache = open()) {
            assertThat(TRIPLE.in(cache).apply(1).get()).isEqualTo(3);

            assertThat(ChildJvm.start(TakesTriple.class, parent.resolve("store"))
                            .result())
                    .containsExactly("free");
        }
    }
}
