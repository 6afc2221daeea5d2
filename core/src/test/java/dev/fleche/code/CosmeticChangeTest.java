package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves the text of every method as it is. */
class CosmeticChangeTest {

    private static final String SOURCE = """
            import java.util.*;
            import java.util.function.*;

            class Demo {
                enum Color { RED, GREEN, BLUE { @Override int weight() { return 3; } }; int weight() { return 1; } }
                record Point(int x, String name, double[] more) {}
                sealed interface Shape permits Disc, Box {}
                record Disc(double radius) implements Shape {}
                record Box(double side) implements Shape {}
                interface Named extends Function<String, String>, java.io.Serializable {
                    default String twice(String s) { return apply(apply(s)); }
                }
                static final int LIMIT = 5;
                static final List<String> NAMES = new ArrayList<>(List.of("a", "b"));
                private int state = 7;

                int oldSwitch(Color c) {
                    switch (c) { case RED: return 1; case BLUE: return 2; default: return 0; }
                }
                int newSwitch(Color c) { return switch (c) { case GREEN -> 5; case RED -> 1; case BLUE -> 2; }; }
                int nestedSwitch(Color c, Color d) {
                    return switch (switch (c) { case RED -> d; case GREEN -> c; default -> Color.RED; }) {
                        case RED -> 1; case GREEN, BLUE -> oldSwitch(d == c ? Color.RED : Color.BLUE);
                    };
                }
                int foreignSwitch(java.time.DayOfWeek day, List<java.time.DayOfWeek> days) {
                    switch (days.isEmpty() ? day : days.get(0)) {
                        case SUNDAY: case SATURDAY: return 0;
                        case FRIDAY: state++;
                        default: return state;
                    }
                }
                int stringSwitch(String s) {
                    switch (s) { case "a": return 1; case "Aa": case "BB": return 3; default: return 0; }
                }
                int intSwitch(int i) { switch (i) { case 1: return 4; case 3: return 5; case 900: return 6; } return i; }
                String join(int a, String b, Object c, List<?> d) { return a + "x" + b + '\\u0001' + c + d + LIMIT; }
                List<String> lambdas(List<String> in, int k, Color color) {
                    Function<String, String> f = s -> s + k;
                    Supplier<Runnable> nested = () -> () -> System.out.println(k + state);
                    ToIntFunction<Color> switched = c -> switch (c) { case RED -> k; default -> 2; };
                    IntFunction<int[]> arrays = int[]::new;
                    Named named = s -> s.trim();
                    nested.get().run();
                    return in.stream().map(f).map(String::trim).map(this::mapped).sorted(Comparator.reverseOrder())
                            .filter(s -> s.length() > switched.applyAsInt(color)).map(named).toList();
                }
                static int sum(List<Integer> in) { return in.stream().mapToInt(i -> i + 1).map(i -> i + 1).sum(); }
                String mapped(String s) { assert s != null : "none"; return NAMES.toString() + s.hashCode(); }
                boolean same(List<?> a, Comparable<?> b) { return a.equals(b) && a.hashCode() == b.hashCode(); }
                class Inner { int q; Inner(int q) { this.q = q + state; } int z() { return q + 1; } }
                Runnable anonymous(int z, String w, double v) {
                    return new Runnable() {
                        int runs = 4;
                        @Override public void run() { System.out.println(z + w + v + state + runs); }
                    };
                }
                int local(int n) { class Local { int m() { return n; } } return new Local().m() + new Inner(n).z(); }
                void resources() throws Exception {
                    try (java.io.StringReader r = new java.io.StringReader("x"); r) { r.read(); }
                    catch (IllegalStateException | IllegalArgumentException e) { throw e; }
                    finally { System.out.println(); }
                }
                static int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }
                Shape shape(Object o) { return o instanceof Disc d && d.radius() > 1 ? d : new Box(2); }
                <T extends Comparable<T>> T max(T... all) {
                    T best = all[0];
                    for (T t : all) { if (t.compareTo(best) > 0) { best = t; } }
                    return best;
                }
                synchronized long loop(long[][] a) {
                    long s = 0;
                    outer:
                    for (int i = 0; i < a.length; i++) { for (long v : a[i]) { if (v < 0) continue outer; s += v; } }
                    synchronized (this) { state += s; }
                    return s;
                }
                Class<?>[] literals() { return new Class<?>[] {int[].class, Color.class, int.class, Point[][].class}; }
            }
            """;

    private static final Map<String, String> PLAIN = Compilation.of(SOURCE).texts();

    @ParameterizedTest
    @ValueSource(strings = {"-g:none", "-g:lines", "-g:source,vars", "-parameters", "-Xlint:none"})
    void anOptionOfTheCompilerChangesNothing(String option) {
        assertThat(Compilation.of(SOURCE, option).texts()).isEqualTo(PLAIN).hasSizeGreaterThan(50);
    }

    @Test
    void commentsAndBlankLinesChangeNothing() {
        String commented = SOURCE.replace("\n", " // a comment\n\n/** more */\n");

        assertThat(Compilation.of(commented).texts()).isEqualTo(PLAIN);
    }

    @Test
    void theNamesOfVariablesChangeNothing() {
        String renamed = SOURCE.replace("int k,", "int kay,")
                .replace("s + k;", "text + kay;")
                .replace("= s -> text", "= text -> text")
                .replace("println(k ", "println(kay ")
                .replace("RED -> k;", "RED -> kay;");

        assertThat(renamed).isNotEqualTo(SOURCE);
        assertThat(Compilation.of(renamed).texts()).isEqualTo(PLAIN);
    }

    @Test
    void annotationsAndTypeArgumentsChangeNothing() {
        String annotated = SOURCE.replace("int oldSwitch(Color c)", "@Deprecated int oldSwitch(final Color c)")
                .replace("Supplier<Runnable> nested", "@SuppressWarnings(\"x\") Supplier<? extends Runnable> nested");

        assertThat(Compilation.of(annotated).texts()).isEqualTo(PLAIN);
    }

    @Test
    void lambdasSwitchesAndMethodsInsertedAboveChangeNothingElse() {
        String inserted = SOURCE.replace("    private int state = 7;", """
                    private int state = 7;
                    static Runnable unrelated(int q) {
                        Function<String, String> f = s -> s + q + 1;
                        return () -> { Runnable r = () -> f.apply("a"); r.run(); };
                    }
                    static Named serializable() { return s -> s.strip(); }
                    static int unrelated(Color c) { switch (c) { case GREEN: return 1; default: return 2; } }
                """);

        Map<String, String> texts = Compilation.of(inserted).texts();

        assertThat(texts).containsAllEntriesOf(PLAIN);
        assertThat(texts).hasSize(PLAIN.size() + 3);
    }

    @Test
    void theOrderOfMethodsChangesNothing() {
        String method = "    static int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }\n";
        String moved = SOURCE.replace(method, "")
                .replace("    private int state = 7;\n", method + "    private int state = 7;\n");

        assertThat(moved).isNotEqualTo(SOURCE);
        assertThat(Compilation.of(moved).texts()).isEqualTo(PLAIN);
    }

    @Test
    void theNameOfARecursiveMethodDoesNotChangeItsText() {
        String before = """
                class Demo {
                    static int f(int n) {
                        java.util.function.IntUnaryOperator again = Demo::f;
                        java.util.function.IntUnaryOperator inside = i -> f(i) + 1;
                        return n < 2 ? 1 : n * f(n - 1) + again.applyAsInt(1) + inside.applyAsInt(0);
                    }
                    int g(int n) { return n < 2 ? 1 : n * g(n - 1); }
                }
                """;
        String after =
                before.replace("f(", "renamed(").replace("::f", "::renamed").replace("g(", "other(");

        assertThat(Compilation.of(after).text("renamed"))
                .isEqualTo(Compilation.of(before).text("f"));
        assertThat(Compilation.of(after).text("other"))
                .isEqualTo(Compilation.of(before).text("g"));
    }

    @Test
    void theCompilerOfANewerJdkChangesNothing(@TempDir Path directory) throws IOException, InterruptedException {
        // without a newer one, at least another process is to make no difference
        Path javac = newerCompiler().orElse(Path.of(System.getProperty("java.home"), "bin", "javac"));

        Compilation newer = Compilation.by(javac, directory, SOURCE);

        assertThat(newer.texts()).isEqualTo(PLAIN);
    }

    /** Returns the compiler of the JDK with the highest version beside the one that runs, if that is not itself. */
    private static Optional<Path> newerCompiler() throws IOException {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> beside = Files.list(home.getParent())) {
            return beside.filter(path -> release(path) > Runtime.version().feature())
                    .max(java.util.Comparator.comparingInt(CosmeticChangeTest::release))
                    .map(path -> path.resolve("bin/javac"))
                    .filter(Files::isExecutable);
        }
    }

    private static int release(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .mapToInt(line -> Runtime.Version.parse(line.replaceAll("[^0-9.]", ""))
                            .feature())
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException | IllegalArgumentException e) {
            // not the directory of a JDK, or that of a very old one
            return 0;
        }
    }
}
