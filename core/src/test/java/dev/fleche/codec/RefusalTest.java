package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the default codec refuses to write, and what it says. */
class RefusalTest {

    record Config(Map<String, Object> settings) {}

    record Job(String name, List<Config> configs) {}

    record Stubborn(int number) {}

    record Basket(List<String> items) {
        @Override
        public List<String> items() {
            return List.copyOf(items);
        }
    }

    private static final class Plain {}

    private static final TypeContext CONTEXT = TypeContext.of(
            RefusalTest.class.getClassLoader(), List.of(Job.class, Stubborn.class, Basket.class), List.of());

    @Test
    void aClassThatIsNoRecordIsNamedWithItsPlace() {
        Job job = new Job("a", List.of(new Config(Map.of()), new Config(Map.of("log", Optional.of(new Plain())))));

        refuses(
                job,
                "value.configs[1].settings[\"log\"].get() is a " + Plain.class.getName()
                        + ", which the codec fleche cannot write; make it a record, or convert it to records, collections"
                        + " or arrays before it is returned");
    }

    @Test
    void aRecordOutsideTheContextIsNamedWithTheRemedy() {
        record Secret(int number) {}

        refuses(
                new Object[] {Map.of(new Secret(1), 2)},
                "value[0][key 0] is of the record " + Secret.class.getName()
                        + ", which the signature of the function does not reach; allow it with Option.allow(Secret.class)"
                        + " or @Memoized(allow = Secret.class)");
    }

    @Test
    void aClassOfAnotherLoaderIsRefused() throws Exception {
        URL classes = Job.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
            Class<?> other = loader.loadClass(Stubborn.class.getName());

            refuses(
                    other,
                    "value is the class " + Stubborn.class.getName()
                            + " of another class loader than the function's class of that name; load it once");
        }
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        List<Object> inner = new ArrayList<>();
        List<Object> outer = List.of(1, inner);
        inner.add(outer);

        refuses(
                new Object[] {outer},
                "value[0] is a " + outer.getClass().getName()
                        + " that contains itself, which cannot be stored; return a value without cycles, for example with"
                        + " names in place of references");
    }

    @Test
    void aValueThatIsTooDeepIsRefused() {
        Object deepest = nested(StandardCodec.MAX_DEPTH);

        assertThat(encode(deepest).size()).isGreaterThan(StandardCodec.MAX_DEPTH);
        assertThatThrownBy(() -> encode(Optional.of(deepest)))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("value.get().get()")
                .hasMessageEndingWith("is nested deeper than 1000 values; return a flatter value, for example a list in"
                        + " place of a chain")
                .hasMessageMatching(".{100,300}");
    }

    @Test
    void aStackThatIsTooShortIsNoDisaster() throws Exception {
        Object value = nested(StandardCodec.MAX_DEPTH);
        List<Object> found = new ArrayList<>();
        Thread small = new Thread(
                null,
                () -> {
                    for (int depth = 0; depth < 100_000 && found.isEmpty(); depth += 10) {
                        dive(depth, value, found);
                    }
                },
                "small stack",
                1 << 18);
        small.start();
        small.join();

        assertThat(found).singleElement().isInstanceOf(CodecException.class);
        assertThat((Exception) found.get(0)).hasRootCauseInstanceOf(StackOverflowError.class);
    }

    private static void dive(int depth, Object value, List<Object> found) {
        if (depth > 0) {
            dive(depth - 1, value, found);
            return;
        }
        try {
            encode(value);
        } catch (CodecException e) {
            found.add(e);
        }
    }

    @Test
    void aDagThatGrowsWithoutEndMeetsTheLimit() {
        List<Object> doubled = List.of();
        for (int i = 0; i < 200; i++) {
            doubled = List.of(doubled, doubled);
        }
        List<Object> value = doubled;

        assertThatThrownBy(() -> Codecs.standard().encode(value, CONTEXT, 1 << 20))
                .isInstanceOf(ValueTooLargeException.class);
    }

    @Test
    void aComparatorOfOnesOwnIsRefused() {
        refuses(
                new TreeSet<>(Comparator.comparing(String::length)),
                "value is a java.util.TreeSet with a comparator of its own, which cannot be stored; copy it into a list or"
                        + " a LinkedHashMap, or use the natural order, Comparator.reverseOrder() or"
                        + " String.CASE_INSENSITIVE_ORDER");
    }

    @Test
    void aViewThatWouldLoseATypeIsRefused() {
        ConcurrentSkipListMap<Integer, Integer> map = new ConcurrentSkipListMap<>(Map.of(1, 2));

        refuses(map.headMap(5), "would not come back as a java.util.concurrent.Concurrent");
    }

    @Test
    void aRecordWhoseAccessorCopiesIsNotShared() {
        assertThat(encode(new Basket(new ArrayList<>(List.of("a")))).isShared()).isFalse();
        assertThat(encode(new Config(Map.of("a", 1))).isShared()).isTrue();
    }

    @Test
    void aPathOfAnotherFileSystemIsRefused(@TempDir Path directory) throws IOException {
        URI zip = URI.create("jar:" + directory.resolve("a.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            refuses(
                    List.of(files.getPath("/b")),
                    "value[0] is the path \"/b\" in a file system of its own (jar), which its name does not say; convert"
                            + " it, for example to its URI");
        }
    }

    private static void refuses(@Nullable Object value, String message) {
        assertThatThrownBy(() -> encode(value))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
    }

    private static Value encode(@Nullable Object value) {
        return Codecs.standard().encode(value, CONTEXT, Long.MAX_VALUE);
    }

    private static Object nested(int depth) {
        Object value = "core";
        for (int i = 0; i < depth; i++) {
            value = Optional.of(value);
        }
        return value;
    }
}
