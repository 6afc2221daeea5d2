package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.SerializableCallable;
import dev.fleche.SerializableRunnable;
import dev.fleche.testing.LogRecords;
import dev.fleche.testing.Threads;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ProcessPoolTest {

    private static ProcessPool pool;

    @BeforeAll
    static void openPool() {
        pool = ProcessPool.of(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Test
    void aTaskRunsInAnotherProcess() throws Exception {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();

        assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void aLambdaMayCaptureWhatIsSerializable() throws Exception {
        List<String> words = List.of("a", "b");

        assertThat(pool.submit(() -> String.join("-", words)).get()).isEqualTo("a-b");
    }

    @Test
    void aResultMayBeNull() throws Exception {
        assertThat(pool.submit(() -> (String) null).get()).isNull();
    }

    @Test
    void aRunnableHasTheGivenResultWhichNeedNotBeSerializable() throws Exception {
        Object result = new Object();

        assertThat(pool.submit((SerializableRunnable) () -> {}, result).get()).isSameAs(result);
        assertThat(pool.submit((SerializableRunnable) () -> {}).get()).isNull();
    }

    @Test
    void whatATaskThrowsReachesItsFuture() {
        Future<Object> future = pool.submit(() -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
    }

    @Test
    void anArgumentIsSentAsItWasWhenSubmitted() throws Exception {
        ArrayList<Integer> list = new ArrayList<>(List.of(1));
        SerializableCallable<Integer> task = () -> list.size();

        Future<Integer> future = pool.submit(task);
        list.add(2);

        assertThat(future.get()).isEqualTo(1);
    }

    @Test
    void aTaskThatCannotBeSerializedFailsItsFutureAlone() throws Exception {
        Object captured = new Object();

        Future<String> bad = pool.submit(() -> captured.toString());
        Future<Integer> good = pool.submit(() -> 1);

        assertThatThrownBy(bad::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("java.lang.Object");
        assertThat(good.get()).isEqualTo(1);
    }

    @Test
    void aPlainLambdaThatCannotBeSerializedIsToldTheWayOut() {
        Callable<Integer> plain = () -> 1;

        assertThatThrownBy(pool.submit(plain)::get)
                .cause()
                .hasMessageContaining("declare it as SerializableCallable or SerializableRunnable");
    }

    @Test
    void aResultThatCannotBeSerializedFailsItsFutureAlone() throws Exception {
        long crashes = pool.stats().crashed();

        Future<Thread> bad = pool.submit(() -> Thread.currentThread());
        Future<Integer> good = pool.submit(() -> 1);

        assertThatThrownBy(bad::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageContaining("serializ");
        assertThat(good.get()).isEqualTo(1);
        assertThat(pool.stats().crashed()).isEqualTo(crashes);
    }

    @Test
    void executeRefusesWhatCannotBeSerialized() {
        Runnable plain = () -> {};

        assertThatThrownBy(() -> pool.execute(plain))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("SerializableRunnable");
    }

    @Test
    void whatAnExecutedTaskThrowsIsLogged() {
        LogRecords records = new LogRecords("dev.fleche.processes");
        try {
            pool.execute((SerializableRunnable) () -> {
                throw new IllegalStateException("unseen");
            });

            Until.holds(
                    "a warning",
                    () -> records.messages(Level.WARNING).stream()
                            .anyMatch(message -> message.contains("failed in a process pool")));
        } finally {
            records.close();
        }
    }

    @Test
    void manyTinyTasksAllReturnTheirResults() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            int number = i;
            futures.add(pool.submit(() -> 2 * number));
        }

        for (int i = 0; i < futures.size(); i++) {
            assertThat(futures.get(i).get()).isEqualTo(2 * i);
        }
    }

    @Test
    void whatIsChainedMayWaitForTheSamePool() throws Exception {
        List<CompletableFuture<Integer>> chained = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            chained.add(pool.submit(() -> number)
                    .thenApply(value -> pool.submit(() -> value + 1).join()));
        }

        for (int i = 0; i < chained.size(); i++) {
            assertThat(chained.get(i).get()).isEqualTo(i + 1);
        }
    }

    @Test
    void bothWorkersWorkAtTheSameTime() throws Exception {
        try (Gate gate = new Gate()) {
            int port = gate.port();
            Future<Long> one = pool.submit(() -> pidAtGate(port));
            Future<Long> other = pool.submit(() -> pidAtGate(port));

            gate.awaitArrivals(2);
            gate.open();

            assertThat(one.get()).isNotEqualTo(other.get());
        }
    }

    private static long pidAtGate(int port) {
        Gate.pass(port);
        return ProcessHandle.current().pid();
    }

    @Test
    void whatWaitsBehindALongTaskRunsElsewhere() throws Exception {
        List<Future<Integer>> warm = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            warm.add(pool.submit(() -> 1));
        }
        for (Future<Integer> future : warm) {
            future.get();
        }
        try (Gate gate = new Gate()) {
            int port = gate.port();
            List<Future<Integer>> mixed = new ArrayList<>();
            Future<Long> blocking = pool.submit(() -> pidAtGate(port));
            for (int i = 0; i < 500; i++) {
                mixed.add(pool.submit(() -> 1));
            }
            gate.awaitArrivals(1);

            for (Future<Integer> future : mixed) {
                assertThat(future.get()).isEqualTo(1);
            }
            assertThat(blocking.isDone()).isFalse();
            gate.open();
            blocking.get();
        }
    }

    @Test
    void severalThreadsMaySubmitAtOnce() {
        Set<Integer> results = new ConcurrentSkipListSet<>();

        Threads.inParallel(4, thread -> {
            for (int i = 0; i < 250; i++) {
                int number = 250 * thread + i;
                results.add(pool.submit(() -> number).join());
            }
        });

        assertThat(results).hasSize(1000);
    }

    @Test
    void nullTasksAreRefused() {
        assertThatThrownBy(() -> pool.submit(ProcessPoolTest.<SerializableCallable<Integer>>nothing()))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pool.execute(nothing())).isInstanceOf(NullPointerException.class);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the caller wants to see it refused
    private static <T> T nothing() {
        return null;
    }
}
