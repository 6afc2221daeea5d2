package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Option;
import dev.fleche.cache.Cache;
import dev.fleche.testing.LogRecords;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for calls while a server goes away and comes back. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ServerOutageContract {

    private static final int THREADS = 4;
    private static final long LIMIT_NANOS = Duration.ofSeconds(90).toNanos();

    private static final AtomicInteger BODIES = new AtomicInteger();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private DatabaseServer server;
    private Cache cache;
    private Memo1<Integer, Integer> triple;

    /** Returns a server that may be stopped. */
    abstract DatabaseServer server();

    /** Returns the type name of its storages. */
    abstract String type();

    static int triple(int x) {
        BODIES.incrementAndGet();
        return 3 * x;
    }

    @BeforeEach
    void open() throws SQLException {
        server = server();
        cache = Cache.open(ServerStores.config(type(), server.newDatabase()));
        // one warning is enough for a function in a JVM
        Option name = Option.name("triple " + NAMES.incrementAndGet());
        triple = Fleche.<Integer, Integer>of(ServerOutageContract::triple, name).in(cache);
        BODIES.set(0);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    /** Calls until what is called is stored again. */
    private void awaitRecovery() {
        long start = System.nanoTime();
        for (int x = 1000; !triple.contains(x - 1); x++) {
            assertThat(triple.apply(x)).isEqualTo(3 * x);
            assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void callsGoOnWithoutTheServerAndFindWhatWasStoredWhenItIsBack() throws IOException {
        triple.apply(1);

        server.stop();
        LogRecords records = new LogRecords("dev.fleche");
        try {
            List<Integer> results =
                    IntStream.range(1, 20).mapToObj(triple::apply).toList();

            assertThat(results)
                    .isEqualTo(IntStream.range(1, 20).mapToObj(x -> 3 * x).toList());
            assertThat(records.warnings()).isNotEmpty().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(3);
        } finally {
            records.close();
        }
        server.restart();
        awaitRecovery();
        int before = BODIES.get();

        assertThat(triple.apply(1)).isEqualTo(3);
        assertThat(BODIES).hasValue(before);
    }

    @Test
    void aServerThatIsKilledAndStartedAgainDisturbsNoCall() throws IOException, InterruptedException {
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> callers = IntStream.range(0, THREADS)
                .mapToObj(i -> new Thread(() -> callUntil(done, i, complaints)))
                .toList();
        callers.forEach(Thread::start);

        try {
            awaitBodies(50);
            server.kill();
            awaitBodies(50);
            server.restart();
            awaitRecovery();
        } finally {
            done.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
        }

        assertThat(complaints).isEmpty();
    }

    private void callUntil(AtomicBoolean done, int caller, Queue<String> complaints) {
        for (int x = 1_000_000 * (caller + 1); !done.get(); x++) {
            try {
                if (triple.apply(x) != 3 * x) {
                    complaints.add("wrong result of " + x);
                }
            } catch (RuntimeException | Error e) {
                complaints.add(x + ": " + e);
            }
        }
    }

    private static void awaitBodies(int more) {
        int enough = BODIES.get() + more;
        while (BODIES.get() < enough) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
