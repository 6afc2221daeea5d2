package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * That no task is ambiguous among the overloads of {@code submit}, and which one it takes; mostly by being compiled.
 */
@Timeout(60)
class SubmitOverloadsTest {

    private final FlecheExecutor pool = Fleche.wrap(Executors.newSingleThreadExecutor());
    private int touched;

    static int square(int x) {
        return x * x;
    }

    static int seven() {
        return 7;
    }

    static void nothing() {}

    static int checked() throws IOException {
        return Files.readAllBytes(Path.of("no such file")).length;
    }

    private static final Memo1<Integer, Integer> SQUARE =
            Fleche.of(SubmitOverloadsTest::square).in(Cache.voidCache());
    private static final Memo0<Integer> SEVEN =
            Fleche.<Integer>of(SubmitOverloadsTest::seven).in(Cache.voidCache());

    private void touch() {
        touched++;
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whatReturnsAValueIsACallable() throws Exception {
        Future<Integer> expression = pool.submit(() -> 7);
        Future<Integer> statementExpression = pool.submit(() -> square(3));
        Future<Integer> block = pool.submit(() -> {
            return 7;
        });
        Future<Integer> reference = pool.submit(SubmitOverloadsTest::seven);
        Future<Integer> throwing = pool.submit(SubmitOverloadsTest::checked);
        Future<Integer> memo = pool.submit(() -> SQUARE.apply(3));
        Future<Integer> get = pool.submit(SEVEN::get);
        Future<Integer> call = pool.submit(SQUARE.on(3));
        Future<Integer> callReference = pool.submit(SQUARE.on(3)::call);
        Future<Object> neverReturning = pool.submit(() -> {
            throw new IOException("block");
        });

        for (Future<Integer> seven : List.of(expression, block, reference, get)) {
            assertThat(seven.get()).isEqualTo(7);
        }
        for (Future<Integer> nine : List.of(statementExpression, memo, call, callReference)) {
            assertThat(nine.get()).isEqualTo(9);
        }
        assertThat(throwing).failsWithin(java.time.Duration.ofSeconds(30));
        assertThat(neverReturning).failsWithin(java.time.Duration.ofSeconds(30));
    }

    @Test
    void whatReturnsNothingIsARunnable() throws Exception {
        Future<?> block = pool.submit(() -> {
            touched++;
        });
        Future<?> expression = pool.submit(() -> touch());
        Future<?> reference = pool.submit(SubmitOverloadsTest::nothing);
        Future<?> bound = pool.submit(this::touch);
        Future<String> withResult = pool.submit(this::touch, "given");

        assertThat(block.get()).isNull();
        assertThat(expression.get()).isNull();
        assertThat(reference.get()).isNull();
        assertThat(bound.get()).isNull();
        assertThat(withResult.get()).isEqualTo("given");
        assertThat(touched).isEqualTo(4);
    }

    @Test
    void variablesOfEachTypeAreTaken() throws Exception {
        Callable<Integer> callable = () -> 1;
        SerializableCallable<Integer> serializableCallable = () -> 2;
        Runnable runnable = this::touch;
        SerializableRunnable serializableRunnable = SubmitOverloadsTest::nothing;
        Supplier<Integer> supplier = SQUARE.on(2);

        assertThat(pool.submit(callable).get()).isEqualTo(1);
        assertThat(pool.submit(serializableCallable).get()).isEqualTo(2);
        assertThat(pool.submit(runnable).get()).isNull();
        assertThat(pool.submit(runnable, "given").get()).isEqualTo("given");
        assertThat(pool.submit(serializableRunnable).get()).isNull();
        assertThat(pool.submit(serializableRunnable, "given").get()).isEqualTo("given");
        assertThat(pool.submit(supplier::get).get()).isEqualTo(4);
        assertThat(pool.submit(Fleche.bind(callable)).get()).isEqualTo(1);
        assertThat(pool.submit(Fleche.bind(runnable)).get()).isNull();
    }

    @Test
    void aLambdaGivenDirectlyIsSerializable() {
        SerializableCallable<Integer> task = () -> 7;

        assertThat(task).isInstanceOf(Serializable.class);
    }
}
