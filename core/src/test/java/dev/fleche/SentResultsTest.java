package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.codec.Value;
import dev.fleche.record.StoredValue;
import dev.fleche.testing.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results that another process computed. */
@Timeout(60)
class SentResultsTest {

    @TempDir
    Path directory;

    record Point(int x, @Nullable String name) {}

    record Other(int x) {}

    static @Nullable Point point(int x) {
        return x < 0 ? null : new Point(x, "p");
    }

    static Other other(int x) {
        return new Other(x);
    }

    static List<Object> anything(int x) {
        return List.of(new Object());
    }

    static CompletableFuture<int[]> later(int length) {
        return CompletableFuture.completedFuture(new int[length]);
    }

    static CompletionStage<Point> stage(int x) {
        return new CompletableFuture<Point>().minimalCompletionStage();
    }

    static Future<Point> future(int x) {
        return new FutureTask<>(() -> new Point(x, null));
    }

    @SuppressWarnings("NullAway") // the checker does not follow null into a type argument
    private static final Memo1<Integer, @Nullable Point> POINT = Fleche.of(SentResultsTest::point);

    private static final Memo1<Integer, CompletableFuture<int[]>> LATER = Fleche.of(SentResultsTest::later);
    private static final Memo1<Integer, CompletionStage<Point>> STAGE = Fleche.of(SentResultsTest::stage);
    private static final Memo1<Integer, Future<Point>> FUTURE = Fleche.of(SentResultsTest::future);

    private static <R extends @Nullable Object> Call<R> here(Memo1<Integer, R> memo) {
        return memo.in(Cache.voidCache()).on(3);
    }

    private static <R extends @Nullable Object> R sent(Call<R> call, R result) throws Exception {
        byte[] bytes = call.encodeResult(result).orElseThrow().encoded().clone();
        Call<R> home = Serial.copy(call, SerialFilter::of);
        return home.decodeResult(Value.ofEncoded(bytes));
    }

    @Test
    @SuppressWarnings("NullAway") // as above
    void aResultThatIsNotSerializableComesBack() throws Exception {
        Call<@Nullable Point> call = here(POINT);

        assertThat(sent(call, call.call())).isEqualTo(new Point(3, "p"));
        assertThat(sent(call, null)).isNull();
    }

    @Test
    void whatTheCodecRefusesHasNoEncoding() {
        Call<List<Object>> call = here(Fleche.of(SentResultsTest::anything));

        assertThat(call.encodeResult(call.call())).isEmpty();
    }

    @Test
    void aResultOfAnotherFunctionIsRefused() {
        Call<@Nullable Point> call = here(POINT);
        Value foreign = here(Fleche.of(SentResultsTest::other))
                .encodeResult(new Other(1))
                .orElseThrow();
        Value number = here(LATER).encodeResult(later(3)).orElseThrow();

        assertThatThrownBy(() -> call.decodeResult(Value.ofEncoded(foreign.encoded())))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> call.decodeResult(number))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(
                        "expected a result of SentResultsTest.point, which is a " + Point.class.getName());
    }

    @Test
    void ofAFutureItsValueTravels() throws Exception {
        assertThat(sent(here(LATER), later(4))).isCompletedWithValueMatching(array -> array.length == 4);
        assertThat(sent(here(STAGE), CompletableFuture.completedStage(new Point(1, null)))
                        .toCompletableFuture())
                .isCompletedWithValue(new Point(1, null));
        FutureTask<Point> task = new FutureTask<>(() -> new Point(2, null));
        task.run();
        assertThat(sent(here(FUTURE), task).get()).isEqualTo(new Point(2, null));
    }

    @Test
    void aFutureWithoutAValueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here(STAGE).encodeResult(stage(1)))
                .withMessageContaining("encode the result once it is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here(FUTURE).encodeResult(future(1)))
                .withMessageContaining("found one that is not complete");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here(LATER).encodeResult(CompletableFuture.failedFuture(new Exception("no"))))
                .withMessageContaining("found one that failed");
    }

    @Test
    void theStoredResultOfAFutureIsACompletedFuture() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<Integer, CompletableFuture<int[]>> later = LATER.in(cache);
            later.apply(5000).join();
            StoredValue stored = later.query().latest().orElseThrow().record().result();

            assertThat(later.on(5000).resultAt(((StoredValue.Separate) stored).address()))
                    .isCompletedWithValueMatching(array -> array.length == 5000);
        }
    }
}
