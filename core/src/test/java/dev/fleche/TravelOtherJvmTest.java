package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.storage.StorageException;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Serial;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are made in another JVM. */
@Timeout(180)
class TravelOtherJvmTest {

    private static final String MEMORY_WARNING =
            "memoised calls run here and their results are not kept: a memory cache"
                    + " cannot be opened by another process than the one it is in; use a cache that both can open, such as"
                    + " Cache.open(path), or submit through Fleche.wrap, which looks up and stores on the submitting side";

    private static final String NESTED_WARNING =
            "memoised calls run here and their results are not kept: the cache of their scope stays in the process that"
                    + " submitted them; use one that both can open, such as Cache.open(path)";

    @TempDir
    Path directory;

    record Point(int x, int y) implements Serializable {
        int along(int a) {
            return x * a + y;
        }
    }

    static String none() {
        return "none";
    }

    static String joined(Object... all) {
        return Arrays.deepToString(all);
    }

    static String one(String a) {
        return joined(a);
    }

    static String two(String a, Integer b) {
        return joined(a, b);
    }

    static String three(String a, Integer b, long c) {
        return joined(a, b, c);
    }

    static String four(String a, Integer b, long c, Point d) {
        return joined(a, b, c, d);
    }

    static String five(String a, Integer b, long c, Point d, List<Integer> e) {
        return joined(a, b, c, d, e);
    }

    static String six(String a, Integer b, long c, Point d, List<Integer> e, double[] f) {
        return joined(a, b, c, d, e, f);
    }

    static String seven(String a, Integer b, long c, Point d, List<Integer> e, double[] f, boolean g) {
        return joined(a, b, c, d, e, f, g);
    }

    static String eight(String a, Integer b, long c, Point d, List<Integer> e, double[] f, boolean g, char h) {
        return joined(a, b, c, d, e, f, g, h);
    }

    static int inner(int a) {
        return a + 1;
    }

    static int outer(int a) {
        return INNER.apply(a) * 10;
    }

    static int outerStrict(int a) {
        return STRICT_INNER.apply(a);
    }

    static long fib(int n) {
        System.out.println("body " + n);
        return n < 2 ? n : FIB.apply(n - 1) + FIB.apply(n - 2);
    }

    private static final Memo1<Integer, Long> FIB = Fleche.of(TravelOtherJvmTest::fib);
    private static final Memo1<Integer, Integer> INNER = Fleche.of(TravelOtherJvmTest::inner);
    private static final Memo1<Integer, Integer> OUTER = Fleche.of(TravelOtherJvmTest::outer);
    private static final Memo1<Integer, Integer> STRICT_INNER =
            Fleche.of(TravelOtherJvmTest::inner, Option.name("strictInner"), Option.strict());

    /** Returns what another process writes that is given {@code tasks}. */
    private List<String> elsewhere(List<? extends Serializable> tasks) throws IOException {
        Path file = Files.write(directory.resolve("tasks"), Serial.bytes(new ArrayList<>(tasks)));
        return ChildJvm.start(TravelProcess.class, file).result();
    }

    private static List<Call<String>> callsOfEachArity(Cache cache) {
        Point point = new Point(1, 2);
        List<Integer> list = List.of(3, 4);
        double[] array = {0.5, Double.NaN};
        return List.of(
                Fleche.of(TravelOtherJvmTest::none).in(cache).on(),
                Fleche.of(TravelOtherJvmTest::one).in(cache).on("a"),
                Fleche.of(TravelOtherJvmTest::two).in(cache).on("a", 1),
                Fleche.of(TravelOtherJvmTest::three).in(cache).on("a", 1, 2L),
                Fleche.of(TravelOtherJvmTest::four).in(cache).on("a", 1, 2L, point),
                Fleche.of(TravelOtherJvmTest::five).in(cache).on("a", 1, 2L, point, list),
                Fleche.of(TravelOtherJvmTest::six).in(cache).on("a", 1, 2L, point, list, array),
                Fleche.of(TravelOtherJvmTest::seven).in(cache).on("a", 1, 2L, point, list, array, true),
                Fleche.of(TravelOtherJvmTest::eight).in(cache).on("a", 1, 2L, point, list, array, true, 'z'));
    }

    @Test
    void callsOfEveryArityHaveTheirKeysAndAreFoundByTheSender() throws Exception {
        try (Cache cache = Cache.files(directory.resolve("store"))) {
            List<Call<String>> calls = callsOfEachArity(cache);

            List<String> lines = elsewhere(calls);

            assertThat(calls)
                    .hasSize(9)
                    .allSatisfy(call -> assertThat(lines).contains("result " + call.load() + " " + call.digest()));
            assertThat(lines).hasSize(9);
        }
    }

    @Test
    void nestedCallsOfABoundTaskAreFoundByTheSender() throws Exception {
        try (Cache cache = Cache.files(directory.resolve("store"));
                Scope scope = Fleche.use(cache)) {
            SerializableCallable<Integer> task = Fleche.bind(() -> OUTER.apply(4) + 1);

            assertThat(elsewhere(List.of(task))).containsExactly("result 51");

            assertThat(OUTER.load(4)).isEqualTo(50);
            assertThat(INNER.load(4)).isEqualTo(5);
        }
    }

    @Test
    void optionsReceiversAndLambdasHaveTheSameKeysThere() throws Exception {
        int step = 7;
        try (Cache cache = Cache.files(directory.resolve("store"))) {
            List<Call<?>> calls = List.of(
                    Fleche.of(TravelOtherJvmTest::inner, Option.version("2"), Option.name("renamed"))
                            .in(cache)
                            .on(1),
                    Fleche.of(TravelOtherJvmTest::two, Option.ignore(1), Option.allow(Point.class))
                            .in(cache)
                            .on("a", 1),
                    Fleche.of(new Point(3, 4)::along).in(cache).on(2),
                    Fleche.of((Integer a) -> a + step, Option.name("step"))
                            .in(cache)
                            .on(1));

            List<String> lines = elsewhere(calls);

            assertThat(calls)
                    .allSatisfy(call -> assertThat(lines).contains("result " + call.load() + " " + call.digest()));
        }
    }

    @Test
    void callsOnMemoryRunThereWithOneWarning() throws Exception {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            List<String> lines = elsewhere(
                    List.of(OUTER.on(1), OUTER.on(1), INNER.in(Cache.memory()).on(2)));

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("result"))
                    .containsExactly(
                            "result 20 " + OUTER.digest(1),
                            "result 20 " + OUTER.digest(1),
                            "result 3 " + INNER.digest(2));
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("WARNING"))
                    .containsExactly("WARNING: " + MEMORY_WARNING);
            assertThat(OUTER.contains(1)).isFalse();
        }
    }

    @Test
    void callsNestedInOneThatIsSentRunOnceEachWithOneWarning() throws Exception {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            List<String> lines = elsewhere(List.of(new SentCall<>(FIB.on(15)), new SentCall<>(FIB.on(3))));

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("body"))
                    .as("the nested calls of one are not kept for the other")
                    .hasSize(16 + 4);
            assertThat(lines).filteredOn(line -> line.startsWith("result")).hasSize(2);
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("WARNING"))
                    .containsExactly("WARNING: " + NESTED_WARNING);
        }
    }

    @Test
    void strictCallsNestedInOneThatIsSentThrow() throws Exception {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            Memo1<Integer, Integer> nesting = Fleche.of(TravelOtherJvmTest::outerStrict);

            List<String> lines = elsewhere(List.of(new SentCall<>(STRICT_INNER.on(1)), new SentCall<>(nesting.on(1))));

            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).startsWith("result");
            assertThat(lines.get(1)).startsWith("thrown " + StorageException.class.getName());
            assertThat(lines.get(1)).contains("use one that both can open, such as Cache.open(path)");
        }
    }

    @Test
    void whoSwitchedCachingOffIsNotWarned() throws Exception {
        try (Scope scope = Fleche.use(Cache.voidCache())) {
            List<String> lines = elsewhere(List.of(new SentCall<>(OUTER.on(1))));

            assertThat(lines).singleElement().asString().startsWith("result");
        }
    }

    @Test
    void aCallWithoutAnyCacheRunsThereWithOneWarning() throws Exception {
        List<String> lines = elsewhere(List.of(OUTER.on(1)));

        assertThat(lines).contains("result 20 " + OUTER.digest(1), "WARNING: " + MEMORY_WARNING);
    }

    @Test
    void strictCallsOnMemoryThrowThere() throws Exception {
        Memo1<Integer, Integer> nesting = Fleche.of(TravelOtherJvmTest::outerStrict);
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            List<String> lines = elsewhere(List.of(STRICT_INNER.on(1), nesting.on(1)));

            assertThat(lines)
                    .filteredOn(line -> line.startsWith("thrown"))
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("thrown " + StorageException.class.getName())
                            && line.contains("use a cache that both can open, such as Cache.open(path)"));
        }
    }

    @Test
    void aStoreThatCannotBeOpenedThereCostsNoResult() throws Exception {
        Path store = directory.resolve("store");
        try (Cache cache = Cache.files(store);
                Scope scope = Fleche.use(cache)) {
            SerializableCallable<Integer> task = Fleche.bind(() -> OUTER.apply(4));
            SerializableCallable<Integer> strict = Fleche.bind(() -> STRICT_INNER.apply(4));
            byte[] bytes = Serial.bytes(new ArrayList<>(List.of(task, strict)));
            Path file = Files.write(directory.resolve("tasks"), bytes);
            Files.move(store, directory.resolve("elsewhere"));
            Files.writeString(store, "no store");

            List<String> lines = ChildJvm.start(TravelProcess.class, file).result();

            assertThat(lines).contains("result 50");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("thrown " + StorageException.class.getName()))
                    .hasSize(1);
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("WARNING"))
                    .singleElement()
                    .asString()
                    .contains("found a file");
        }
    }

    @Test
    void aReadOnlyViewStaysOneThere() throws Exception {
        try (Cache cache = Cache.files(directory.resolve("store"))) {
            assertThat(elsewhere(List.of(INNER.in(cache.readOnly()).on(1)))).contains("result 2 " + INNER.digest(1));

            assertThat(INNER.in(cache).contains(1)).isFalse();
        }
    }

    @Test
    void aRerunUnderWayIsOneThereToo() throws Exception {
        try (Cache cache = Cache.files(directory.resolve("store"));
                Scope scope = Fleche.use(cache)) {
            OUTER.apply(1);
            Memo1<Integer, String> sending = Fleche.of(TravelOtherJvmTest::send);
            SENT.clear();

            sending.rerun(1);
            Files.write(directory.resolve("tasks"), SENT.get(0));
            long before = INNER.query().latest().orElseThrow().record().start().toEpochMilli();
            ChildJvm.start(TravelProcess.class, directory.resolve("tasks")).result();

            assertThat(INNER.query().latest().orElseThrow().record().start().toEpochMilli())
                    .isGreaterThan(before);
        }
    }

    private static final List<byte[]> SENT = new ArrayList<>();

    static String send(int a) throws IOException {
        SENT.add(Serial.bytes(new ArrayList<>(List.of(OUTER.on(a)))));
        return "sent";
    }

    @Test
    void aRerunThatIsOverIsNoneThere() throws Exception {
        try (Cache cache = Cache.files(directory.resolve("store"));
                Scope scope = Fleche.use(cache)) {
            OUTER.apply(1);
            BOUND_INSIDE.clear();
            Fleche.of(TravelOtherJvmTest::bindOuter).rerun(1);
            var before = INNER.query().latest().orElseThrow().record().start();

            elsewhere(List.of(BOUND_INSIDE.get(0)));

            assertThat(INNER.query().latest().orElseThrow().record().start()).isEqualTo(before);
        }
    }

    private static final List<Call<Integer>> BOUND_INSIDE = new ArrayList<>();

    static int bindOuter(int a) {
        BOUND_INSIDE.add(OUTER.on(a));
        return BOUND_INSIDE.size();
    }
}
