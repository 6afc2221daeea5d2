package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.LogRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls on a memory cache whose tasks and results go through serialisation, as between processes. */
@Timeout(60)
class SentCallTest {

    private final Cache cache = Cache.memory();
    private final LogRecords log = new LogRecords("dev.fleche");
    private final FlecheExecutor pool = Fleche.wrap((ExecutorService) new Serializing());

    /** Neither serializable nor known to the JDK. */
    record Point(int x, List<String> names) {}

    static Point point(int x) {
        return new Point(x, List.of("a", "b"));
    }

    static CompletableFuture<Point> pointLater(int x) {
        return CompletableFuture.supplyAsync(() -> point(x));
    }

    static int fail(int x) throws IOException {
        throw new IOException("body " + x);
    }

    private static final Memo1<Integer, Point> POINT = Fleche.of(SentCallTest::point);
    private static final Memo1<Integer, CompletableFuture<Point>> POINT_LATER = Fleche.of(SentCallTest::pointLater);
    private static final Memo1<Integer, Integer> FAIL = Fleche.of(SentCallTest::fail);

    /** An executor that runs copies of its tasks and returns copies of their results. */
    private static final class Serializing extends ThreadPoolExecutor implements RemoteExecutor {

        Serializing() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
            byte[] sent = written(task);
            return super.newTaskFor(() -> {
                Callable<T> arrived = read(sent);
                return read(written(arrived.call()));
            });
        }

        private static byte[] written(Object object) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T> T read(byte[] bytes) throws IOException, ClassNotFoundException {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                return (T) in.readObject();
            }
        }
    }

    @AfterEach
    void close() {
        pool.close();
        log.close();
        cache.close();
    }

    @Test
    void aResultThatIsNotSerializableComesBackAndIsStored() throws Exception {
        Call<Point> call = POINT.in(cache).on(3);

        Point computed = pool.submit(call).get();

        assertThat(computed).isEqualTo(point(3));
        assertThat(call.load()).isEqualTo(computed);
        assertThat(pool.submit(call).isDone()).isTrue();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the future of a future is what is tested
    void theValueOfAFutureComesBackAndIsStored() throws Exception {
        Call<CompletableFuture<Point>> call = POINT_LATER.in(cache).on(3);

        Future<CompletableFuture<Point>> submitted = pool.submit(call);

        assertThat(submitted.get()).isCompletedWithValue(point(3));
        assertThat(call.load()).isCompletedWithValue(point(3));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aCacheThatHoldsCodeStaysHere() throws Exception {
        Call<Point> call = POINT.in(cache.readOnly()).on(4);

        assertThat(pool.submit(call).get()).isEqualTo(point(4));
        assertThat(pool.invokeAny(List.of(POINT.in(cache).on(5)))).isEqualTo(point(5));
        assertThat(POINT.in(cache).contains(5)).isTrue();
    }

    static int nesting(int x) {
        return POINT.apply(x).x();
    }

    static int twice(int x) {
        return 2 * x;
    }

    private static final Memo1<Integer, Integer> TWICE = Fleche.of(SentCallTest::twice);
    private static final Memo1<Integer, Integer> NESTING = Fleche.of(SentCallTest::nesting);

    @Test
    void aScopeWithACacheThatHoldsCodeStandsInNobodysWay(@TempDir Path directory) throws Exception {
        Storages storages = StorageProviders.open(CacheConfig.of("memory"));
        try (Cache files = Cache.files(directory);
                Cache code = Cache.of(storages.values(), storages.calls());
                Scope scope = Fleche.use(code)) {
            assertThat(pool.submit(() -> 42).get()).isEqualTo(42);
            pool.submit(() -> {}).get();
            assertThat(TWICE.in(files).on(1).start(pool).get()).isEqualTo(2);
            assertThat(pool.invokeAny(List.of(TWICE.in(files).on(2)))).isEqualTo(4);
            assertThat(TWICE.in(files).contains(1)).isTrue();
            assertThat(log.warnings()).isEmpty();

            assertThat(pool.submit(NESTING.in(files).on(3)).get()).isEqualTo(3);

            assertThat(code.query().isEmpty()).isTrue();
            assertThat(pool.submit(TWICE.on(4)).get())
                    .isEqualTo(code.query().iterator().next().result());
        }
    }

    /** An executor whose processes run another version of the program. */
    private static final class Mismatched extends ThreadPoolExecutor implements RemoteExecutor {

        private final Memo1<Integer, ?> other;

        Mismatched(Memo1<Integer, ?> other) {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            this.other = other;
        }

        @Override
        @SuppressWarnings("unchecked") // that the types do not match is what is tested
        protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
            return super.newTaskFor(() -> (T) new SentCall<>(other.on(3)).call());
        }
    }

    static Object unstorable(int x) {
        return new Object();
    }

    @Test
    void aResultOfAnotherTypeIsRefusedAndNotStored() {
        for (Memo1<Integer, ?> other : List.of(TWICE, Fleche.of(SentCallTest::unstorable))) {
            try (FlecheExecutor mismatched = Fleche.wrap((ExecutorService) new Mismatched(other))) {
                Call<Point> call = POINT.in(cache).on(3);

                Future<Point> future = mismatched.submit(call);

                assertThatThrownBy(future::get)
                        .cause()
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining("expected a result of SentCallTest.point")
                        .hasMessageContaining("use the same version of the program in all processes");
                assertThat(call.contains()).isFalse();
            }
        }
    }

    @Test
    void exceptionsComeBack() {
        assertThatThrownBy(() -> pool.submit(FAIL.in(cache).on(6)).get()).hasRootCauseMessage("body 6");
    }

    @Test
    void plainTasksAreSentBound() throws Exception {
        try (Scope scope = Fleche.use(cache)) {
            assertThat(pool.submit(() -> POINT.apply(7).x()).get()).isEqualTo(7);
        }
    }
}
