package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.CompiledProgram;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of results by other code, and on which thread whose code runs for it. */
class CodeNewsTest {

    private static final String MODEL = """
            package acme;

            import dev.fleche.*;
            import dev.fleche.cache.Cache;
            import java.util.*;

            public final class Model {
                static final List<String> THREADS = Collections.synchronizedList(new ArrayList<>());

                public record Load(int x) {
                    static {
                        note("class");
                    }

                    public Load {
                        note("constructor");
                    }
                }

                static int note(String what) {
                    THREADS.add(what + " on " + Thread.currentThread().getName());
                    return 0;
                }

                static int bend(Load load) {
                    return load == null ? 0 : load.x() * %1$s;
                }

                public static int apply(Cache cache, int x) {
                    return Fleche.<Load, Integer>of(Model::bend).in(cache).apply(x == 0 ? null : new Load(x));
                }

                static int helper(int x) {
                    return x * %1$s;
                }

                public static int one(Cache cache, int x) {
                    return Fleche.<Integer, Integer>of(y -> helper(y) + 1).in(cache).apply(x);
                }

                public static int two(Cache cache, int x) {
                    return Fleche.<Integer, Integer>of(y -> helper(y) + 2).in(cache).apply(x);
                }

                public static List<String> threads() {
                    return THREADS;
                }
            }
            """;

    private final Cache cache = Cache.memory();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        cache.close();
    }

    private CompiledProgram program(String factor) {
        return CompiledProgram.of(directory, Map.of("acme.Model", MODEL.formatted(factor)));
    }

    @Test
    void newsRunNoCodeOfTheUserOffTheCallingThread() throws InterruptedException {
        try (CompiledProgram before = program("2");
                CompiledProgram now = program("3");
                CodeChangeTest.News news = new CodeChangeTest.News()) {
            before.run("acme.Model", "apply", cache, 1);
            now.run("acme.Model", "apply", cache, 0);

            assertThat(news.next().orElseThrow()).startsWith("1 result of Model.bend was computed by other code");
            CodeNews.awaitIdle();
            assertThat((List<?>) Objects.requireNonNull(now.run("acme.Model", "threads")))
                    .as("nothing but the caller's thread makes objects, and it made none")
                    .isEmpty();
        }
    }

    @Test
    void newsOfADirectoryAreToldOnceHoweverOftenItIsOpened() throws InterruptedException {
        Path store = directory.resolve("store");
        try (CompiledProgram before = program("2");
                CompiledProgram now = program("3");
                CodeChangeTest.News news = new CodeChangeTest.News()) {
            try (Cache files = Cache.files(store)) {
                before.run("acme.Model", "apply", files, 1);
            }
            for (int x = 2; x < 5; x++) {
                try (Cache files = Cache.files(store)) {
                    now.run("acme.Model", "apply", files.readOnly(), 10 * x);
                    now.run("acme.Model", "apply", files, x);
                    CodeNews.awaitIdle();
                }
            }

            assertThat(news.told()).hasSize(1);
        }
    }

    @Test
    void eachLambdaWithoutANameHasItsNews() throws InterruptedException {
        try (CompiledProgram before = program("2");
                CompiledProgram now = program("3");
                CodeChangeTest.News news = new CodeChangeTest.News()) {
            before.run("acme.Model", "two", cache, 1);
            now.run("acme.Model", "one", cache, 1);
            now.run("acme.Model", "two", cache, 1);
            now.run("acme.Model", "two", cache, 2);
            CodeNews.awaitIdle();

            assertThat(news.told()).hasSize(1);
        }
    }

    interface Part {
        int weight();
    }

    record Bolt(int x) implements Part {
        @Override
        public int weight() {
            return x;
        }
    }

    record Beam(int x) implements Part {
        @Override
        public int weight() {
            return 7 * x;
        }
    }

    interface Body extends Serializable {
        int apply(int x);
    }

    static int applied(Body function) {
        return function.apply(1);
    }

    /** Computes in one cache, and misses for the first time in another one of the same storages. */
    private static void computeAndMiss(Consumer<Cache> compute, Consumer<Cache> miss) throws InterruptedException {
        Storages storages = StorageProviders.open(CacheConfig.of("memory"));
        try (Cache one = Cache.of(storages.values(), storages.calls());
                Cache other = Cache.of(storages.values(), storages.calls())) {
            compute.accept(one);
            CodeNews.awaitIdle();
            miss.accept(other);
            CodeNews.awaitIdle();
        }
    }

    @Test
    void resultsForAnotherClassOfReceiverAreNoNews() throws InterruptedException {
        Memo1<Part, Integer> weight = Fleche.of(Part::weight);
        try (CodeChangeTest.News news = new CodeChangeTest.News()) {
            computeAndMiss(
                    in -> weight.in(in).apply(new Bolt(1)), in -> weight.in(in).apply(new Beam(1)));

            assertThat(news.told()).isEmpty();
        }
    }

    @Test
    void resultsForAnotherLambdaAmongTheArgumentsAreNoNews() throws InterruptedException {
        Memo1<Body, Integer> applied = Fleche.of(CodeNewsTest::applied);
        try (CodeChangeTest.News news = new CodeChangeTest.News()) {
            computeAndMiss(
                    in -> applied.in(in).apply(x -> x + 1), in -> applied.in(in).apply(x -> x + 2));

            assertThat(news.told()).isEmpty();
        }
    }
}
