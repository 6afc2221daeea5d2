package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Serial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Circles of waits over processes that lead through executors with too few threads; every test has a watchdog. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrossedExecutorsTest {

    private static final String LIMIT = "-Ddev.fleche.maxLockWaitMillis=200";

    @TempDir
    Path parent;

    /**
     * One of two processes, a and b.
     *
     * <p>Each computes its own call, which needs the only thread of its executor, while a task on that thread makes the
     * other's call.
     */
    static final class Crossing {

        private static final ExecutorService ONLY = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });

        private static Path parent = Path.of("");
        private static String me = "";

        static void mark(String event) {
            try {
                Files.writeString(parent.resolve(event), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void await(String event) {
            while (!Files.exists(parent.resolve(event))) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        /** Holds the lock of its key until both only threads are taken; the other process needs none for it. */
        static int plain(String owner) throws Exception {
            if (!owner.equals(me)) {
                return owner.length();
            }
            mark("body " + me);
            await("taken a");
            await("taken b");
            return ONLY.submit(owner::length).get();
        }

        static CompletableFuture<Integer> future(String owner) {
            return CompletableFuture.supplyAsync(owner::length, owner.equals(me) ? ONLY : Runnable::run);
        }

        private static final Memo1<String, Integer> PLAIN = Fleche.of(Crossing::plain);
        private static final Memo1<String, CompletableFuture<Integer>> FUTURE = Fleche.of(Crossing::future);

        public static void main(String[] args) throws Exception {
            parent = Path.of(args[0]);
            me = args[1];
            String they = me.equals("a") ? "b" : "a";
            try (Cache cache = Cache.files(parent.resolve("store"));
                    Scope scope = Fleche.use(cache)) {
                System.out.println("result " + (args[2].equals("plain") ? plainly(they) : byFutures(they)));
            }
        }

        private static int plainly(String they) throws Exception {
            Future<Integer> other = ONLY.submit(Fleche.bind(() -> {
                await("body a");
                await("body b");
                mark("taken " + me);
                return PLAIN.apply(they);
            }));
            return PLAIN.apply(me) + other.get();
        }

        private static int byFutures(String they) throws Exception {
            Future<Integer> other = ONLY.submit(Fleche.bind(() -> {
                await("started a");
                await("started b");
                return FUTURE.apply(they).get();
            }));
            CompletableFuture<Integer> own = FUTURE.apply(me);
            mark("started " + me);
            return own.get() + other.get();
        }
    }

    private List<String> results(String kind) {
        try (ChildJvm one = crossing("a", kind);
                ChildJvm two = crossing("b", kind)) {
            return List.of(one.awaitLine("result"), two.awaitLine("result"));
        }
    }

    private ChildJvm crossing(String name, String kind) {
        return ChildJvm.running(Crossing.class, parent, name, kind)
                .withOptions(LIMIT)
                .start();
    }

    @Test
    void bodiesThatNeedTheThreadOfATaskThatWaitsForTheOtherProcessEnd() {
        assertThat(results("plain")).containsExactly("result 2", "result 2");
    }

    @Test
    void futuresThatNeedTheThreadOfATaskThatWaitsForTheOtherProcessEnd() {
        assertThat(results("future")).containsExactly("result 2", "result 2");
    }

    private static volatile Path tasks = Path.of("");

    /** Waits in one process for another one, which was sent the same call. */
    static int sending(int x) throws IOException {
        if (tasks.toString().isEmpty()) {
            return x;
        }
        Files.write(tasks, Serial.bytes(new ArrayList<>(List.of(SENDING.on(x)))));
        String line = ChildJvm.running(TravelProcess.class, tasks)
                .withOptions(LIMIT)
                .start()
                .awaitLine("result");
        return line.startsWith("result " + x + " ") ? x : -1;
    }

    private static final Memo1<Integer, Integer> SENDING = Fleche.of(CrossedExecutorsTest::sending);

    @Test
    void aCallThatCameFromTheProcessForWhichItWaitsEnds() {
        tasks = parent.resolve("tasks");
        try (Cache cache = Cache.files(parent.resolve("store"));
                Scope scope = Fleche.use(cache)) {
            assertThat(SENDING.apply(5)).isEqualTo(5);
        }
    }
}
