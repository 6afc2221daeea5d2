package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.annotation.Required;
import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.storage.StorageException;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.LogRecords;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trouble of ours never breaks the program: the body runs, with one warning; in strict mode it throws. */
class DegradationTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final LogRecords log = new LogRecords("dev.fleche");

    @TempDir
    Path directory;

    static int nameOf(StringBuilder text) {
        RUNS.incrementAndGet();
        return text.length();
    }

    static int strictNameOf(StringBuilder text) {
        return nameOf(text);
    }

    static StringBuilder build(String text) {
        RUNS.incrementAndGet();
        return new StringBuilder(text);
    }

    static StringBuilder strictBuild(String text) {
        return build(text);
    }

    static int required(@Required @Nullable String text) {
        RUNS.incrementAndGet();
        return 1;
    }

    static int[] block(int size) {
        RUNS.incrementAndGet();
        int[] block = new int[size];
        Arrays.fill(block, size);
        return block;
    }

    static int square(int x) {
        RUNS.incrementAndGet();
        return x * x;
    }

    static int strictSquare(int x) {
        return square(x);
    }

    static int squareOnClosed(int x) {
        return square(x);
    }

    static int squareOnDeleted(int x) {
        return square(x);
    }

    static int squareOfReadOnly(int x) {
        return square(x);
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void anIndigestibleArgumentRunsTheBodyAndWarnsOnce() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<StringBuilder, Integer> memo =
                    Fleche.of(DegradationTest::nameOf).in(cache);

            assertThat(memo.apply(new StringBuilder("abc"))).isEqualTo(3);
            assertThat(memo.apply(new StringBuilder("abc"))).isEqualTo(3);

            assertThat(RUNS).hasValue(2);
            assertThat(log.warnings())
                    .filteredOn(message -> message.contains("nameOf"))
                    .singleElement()
                    .asString()
                    .contains("java.lang.StringBuilder", "@Ignored", "DigestRule");
            assertThatThrownBy(() -> memo.digest(new StringBuilder("abc"))).isInstanceOf(UndigestibleException.class);
        }
    }

    @Test
    void anIndigestibleArgumentThrowsInStrictMode() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<StringBuilder, Integer> memo =
                    Fleche.of(DegradationTest::strictNameOf, Option.strict()).in(cache);

            assertThatThrownBy(() -> memo.apply(new StringBuilder("abc"))).isInstanceOf(UndigestibleException.class);
            assertThat(RUNS).hasValue(0);
        }
    }

    @Test
    void aResultThatCannotBeStoredIsReturnedWithOneWarning() throws IOException {
        try (Cache cache = Cache.files(directory)) {
            Memo1<String, StringBuilder> memo =
                    Fleche.of(DegradationTest::build).in(cache);

            assertThat(memo.apply("abc")).hasToString("abc");
            assertThat(memo.apply("abc")).hasToString("abc");

            assertThat(RUNS).hasValue(2);
            assertThat(memo.contains("abc")).isFalse();
            assertThat(cache.query().isEmpty()).isTrue();
            assertThat(log.warnings().stream().filter(message -> message.contains("cannot be encoded")))
                    .hasSize(1);
        }
    }

    @Test
    void aResultThatCannotBeStoredThrowsInStrictMode() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<String, StringBuilder> memo =
                    Fleche.of(DegradationTest::strictBuild, Option.strict()).in(cache);

            assertThatThrownBy(() -> memo.apply("abc"))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("java.lang.StringBuilder");
        }
    }

    @Test
    @SuppressWarnings("NullAway") // it knows no nullable type arguments
    void aRequiredArgumentThatIsNullRunsTheBodyUncached() {
        try (Cache cache = Cache.memory()) {
            Memo1<@Nullable String, Integer> memo =
                    Fleche.of(DegradationTest::required).in(cache);

            memo.apply(null);
            memo.apply(null);
            memo.apply("given");
            memo.apply("given");

            assertThat(RUNS).hasValue(3);
            assertThat(log.warnings())
                    .filteredOn(message -> message.contains("required"))
                    .singleElement()
                    .asString()
                    .contains("@Required");
        }
    }

    @Test
    void aRegularFileInPlaceOfTheDirectoryIsRefusedAtOpening() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "precious");

        assertThatThrownBy(() -> Cache.files(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("precious");
    }

    @Test
    void aStoreThatCannotWriteRunsTheBody() throws IOException {
        try (Cache cache = Cache.files(directory.resolve("store"))) {
            Memo1<Integer, Integer> memo = Fleche.of(DegradationTest::square).in(cache);
            memo.apply(1);
            Path calls = directory.resolve("store/calls");
            deleteAll(calls);
            Files.writeString(calls, "a file where a directory should be");

            assertThat(memo.apply(1)).isEqualTo(1);
            assertThat(memo.apply(2)).isEqualTo(4);
            assertThat(memo.apply(2)).isEqualTo(4);

            assertThat(RUNS).hasValue(4);
            assertThat(cache.query().isEmpty()).isTrue();
            assertThat(log.warnings().stream().filter(message -> message.contains("square")))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            Memo1<Integer, Integer> strict =
                    Fleche.of(DegradationTest::strictSquare, Option.strict()).in(cache);
            assertThatThrownBy(() -> strict.apply(3)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void aReadOnlyCacheRunsTheBodyWithOneWarning() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<Integer, Integer> memo =
                    Fleche.of(DegradationTest::squareOfReadOnly).in(cache.readOnly());

            assertThat(memo.apply(3)).isEqualTo(9);
            assertThat(memo.apply(3)).isEqualTo(9);

            assertThat(RUNS).hasValue(2);
            assertThat(log.warnings())
                    .filteredOn(message -> message.contains("squareOfReadOnly"))
                    .singleElement()
                    .asString()
                    .contains("the cache is read-only");
            assertThat(directory).isDirectoryNotContaining("glob:**/{calls,values}");
        }
    }

    @Test
    void aDirectoryDeletedMeanwhileIsMadeAgainOrDoneWithout() throws IOException {
        Path store = directory.resolve("store");
        try (Cache cache = Cache.files(store)) {
            Memo1<Integer, Integer> memo =
                    Fleche.of(DegradationTest::squareOnDeleted).in(cache);
            memo.apply(3);
            deleteAll(store);

            assertThat(memo.apply(3)).isEqualTo(9);
            assertThat(memo.apply(3)).isEqualTo(9);
            assertThat(RUNS.get()).isBetween(2, 3);
        }
    }

    @Test
    void aPendingInterruptChangesNothing() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<Integer, int[]> memo = Fleche.of(DegradationTest::block).in(cache);
            Thread.currentThread().interrupt();

            int[] cold = memo.apply(3000);
            int[] warm = memo.apply(3000);
            boolean flag = Thread.interrupted();

            assertThat(flag).isTrue();
            assertThat(warm).isEqualTo(cold).isNotSameAs(cold);
            assertThat(RUNS).hasValue(1);
            assertThat(cache.stats().failures()).isZero();
        }
        try (Cache cache = Cache.files(directory)) {
            assertThat(Fleche.of(DegradationTest::block).in(cache).contains(3000))
                    .isTrue();
        }
    }

    @Test
    void aClosedCacheRunsTheBodyAndWarnsOnce() {
        Cache cache = Cache.files(directory);
        Memo1<Integer, Integer> memo =
                Fleche.of(DegradationTest::squareOnClosed).in(cache);
        cache.close();

        assertThat(memo.apply(3)).isEqualTo(9);
        assertThat(memo.apply(3)).isEqualTo(9);

        assertThat(RUNS).hasValue(2);
        assertThat(log.warnings().stream().filter(message -> message.contains("closed")))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void hitsAndMissesAreLogged() {
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, Integer> memo = Fleche.of(DegradationTest::square).in(cache);
            memo.apply(3);
            memo.apply(3);

            String key = memo.digest(3).prefix(12);
            assertThat(log.messages(Level.FINE))
                    .anySatisfy(message -> assertThat(message).contains("miss", "square", key, "ABSENT"));
            assertThat(log.messages(Level.FINER))
                    .anySatisfy(message -> assertThat(message).contains("hit", "square", key));
        }
    }

    /** Runs under a file-size limit that its results do not fit. */
    static final class Limited {
        public static void main(String[] args) {
            try (Cache cache = Cache.files(Path.of(args[0]))) {
                Memo1<Integer, int[]> memo = Fleche.of(DegradationTest::block).in(cache);
                for (int i = 0; i < 2; i++) {
                    System.out.println("small " + memo.apply(3).length + ", large " + memo.apply(100_000).length);
                }
                System.out.println(
                        "runs " + RUNS.get() + ", stored " + memo.contains(3) + " " + memo.contains(100_000));
            }
        }
    }

    @Test
    void aFileSizeLimitOrFullDiskCostsOnlyTheEntry() throws IOException {
        List<String> lines = ChildJvm.running(Limited.class, directory)
                .withOptions("-Xshare:auto", "-XX:-UsePerfData")
                .after("ulimit -f 64")
                .start()
                .result();

        assertThat(lines)
                .filteredOn(line -> !line.contains("dev.fleche") && !line.startsWith("WARNING"))
                .containsExactly("small 3, large 100000", "small 3, large 100000", "runs 3, stored true false");
        assertThat(lines.stream().filter(line -> line.startsWith("WARNING"))).hasSize(1);
        try (var files = Files.walk(directory.resolve("temp"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static void deleteAll(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
