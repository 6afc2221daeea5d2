package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.annotation.CodeKey;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.testing.CompiledProgram;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of code does to keys; each program is one source file with one place changed. */
class CodeInKeysTest {

    private static final String PROGRAM = """
            package acme;

            import dev.fleche.*;
            import dev.fleche.digest.*;
            import java.util.*;

            public final class Program {
                interface Shape {
                    double area();
                }

                record Circle(double r) implements Shape {
                    public double area() {
                        return 3 * r;
                    }
                }

                enum Unit implements Shape {
                    ONE;

                    public double area() {
                        return 10;
                    }
                }

                static class Solver {
                    int steps() {
                        return 20;
                    }
                }

                static final class Engine implements Digestible {
                    private final Solver solver = new Solver() {
                        @Override
                        int steps() {
                            return 30;
                        }
                    };

                    public Object digestKey() {
                        return "engine";
                    }
                }

                static final class Unused {
                    int unused() {
                        return 40;
                    }
                }

                static class Plain implements Digestible {
                    int run(int x) {
                        return x + 50;
                    }

                    public Object digestKey() {
                        return 1;
                    }
                }

                static final class Special extends Plain {
                    @Override
                    int run(int x) {
                        return x + 60;
                    }
                }

                static int helper() {
                    return 70;
                }

                static double area(Shape shape) {
                    return shape.area();
                }

                static int steps(Object engine) {
                    return ((Engine) engine).solver.steps();
                }

                static int ownCode(int x) {
                    return x + helper() + 80;
                }

                static double onCircle(Fn1<Shape, Double> f) throws Exception {
                    return f.call(new Circle(1));
                }

                static int call(Fn1<Integer, Integer> f) throws Exception {
                    return f.call(1);
                }

                static int indirect(int x) {
                    return x + 90;
                }

                public static Digest circle() {
                    return Fleche.of(Program::area).digest(new Circle(1));
                }

                public static Digest listOfUnits() {
                    return Fleche.of((List<Shape> shapes) -> shapes.get(0).area()).digest(List.of(Unit.ONE));
                }

                public static Digest engine() {
                    return Fleche.of(Program::steps).digest(new Engine());
                }

                public static Digest plain() {
                    return Fleche.of(Plain::run).digest(new Plain(), 1);
                }

                public static Digest special() {
                    return Fleche.of(Plain::run).digest(new Special(), 1);
                }

                public static Digest bound() {
                    Plain special = new Special();
                    return Fleche.of(special::run).digest(1);
                }

                public static Digest ignored() {
                    Plain special = new Special();
                    return Fleche.of(special::run, Option.ignoreReceiver()).digest(1);
                }

                public static Digest own(Option... options) {
                    return Fleche.of(Program::ownCode, options).digest(1);
                }

                public static Digest lambda() {
                    return Fleche.of((Integer x) -> x + helper() + 100).digest(1);
                }

                public static Digest passedLambda() {
                    return Fleche.of(Program::call).digest(x -> x + helper() + 110);
                }

                public static Digest passedToCircle() {
                    return Fleche.of(Program::onCircle).digest(shape -> shape.area());
                }

                public static Digest passedReference() {
                    return Fleche.of(Program::call).digest(Program::indirect);
                }

                public static Digest passedMemo() {
                    Memo1<Integer, Integer> memo = Fleche.of(Program::indirect);
                    return Fleche.of((Memo1<Integer, Integer> m) -> m.apply(1)).digest(memo);
                }

                public static Digest dependent() {
                    return Fleche.of(Program::indirect, Option.dependsOn(Unused.class)).digest(1);
                }
            }
            """;

    @TempDir
    private static Path directory;

    private static final Map<String, CompiledProgram> PROGRAMS = new HashMap<>();

    @AfterAll
    static void close() {
        PROGRAMS.values().forEach(CompiledProgram::close);
        PROGRAMS.clear();
    }

    private static String key(String source, String method, Object... arguments) {
        CompiledProgram program = PROGRAMS.computeIfAbsent(source, CodeInKeysTest::compiled);
        return String.valueOf(program.run("acme.Program", method, arguments));
    }

    private static CompiledProgram compiled(String source) {
        return CompiledProgram.of(directory, Map.of("acme.Program", source));
    }

    @ParameterizedTest
    @CsvSource({
        "circle, 3 *, 4 *, true",
        "circle, return 10, return 11, false",
        "listOfUnits, return 10, return 11, true",
        "engine, return 30, return 31, true",
        "plain, + 50, + 51, true",
        "plain, + 60, + 61, false",
        "special, + 60, + 61, true",
        "bound, + 60, + 61, true",
        "ignored, + 60, + 61, true",
        "lambda, + 100, + 101, true",
        "lambda, + 110, + 111, false",
        "lambda, return 70, return 71, true",
        "passedLambda, + 110, + 111, true",
        "passedLambda, return 70, return 71, true",
        "passedLambda, + 100, + 101, false",
        "passedToCircle, 3 *, 4 *, true",
        "passedReference, + 90, + 91, true",
        "passedMemo, + 90, + 91, true",
        "dependent, return 40, return 41, true",
        "passedReference, return 40, return 41, false",
    })
    void aKeyChangesWithTheCodeThatTheCallReaches(String method, String from, String to, boolean changes) {
        String changed = PROGRAM.replace(from, to);
        assertThat(changed).isNotEqualTo(PROGRAM);

        String before = key(PROGRAM, method);

        if (changes) {
            assertThat(key(changed, method)).isNotEqualTo(before);
        } else {
            assertThat(key(changed, method)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"TRANSITIVE, true, true", "METHOD, true, false", "NONE, false, false"})
    void theCodeKeySaysHowMuchOfTheCodeCounts(CodeKey codeKey, boolean own, boolean helper) {
        Option[] options = {Option.codeKey(codeKey)};

        String before = key(PROGRAM, "own", (Object) options);

        assertThat(before.equals(key(PROGRAM.replace("+ 80", "+ 81"), "own", (Object) options)))
                .isEqualTo(!own);
        assertThat(before.equals(key(PROGRAM.replace("return 70", "return 71"), "own", (Object) options)))
                .isEqualTo(!helper);
    }

    @Test
    void theSameCodeInAnotherPlaceMakesTheSameKeys() {
        try (CompiledProgram again = compiled(PROGRAM)) {
            for (String method : List.of("circle", "engine", "bound", "lambda", "passedLambda", "passedMemo")) {
                assertThat(again.run("acme.Program", method)).hasToString(key(PROGRAM, method));
            }
        }
    }

    @Test
    void anotherLambdaAboveChangesNothing() {
        String changed =
                PROGRAM.replace("static int helper()", "static Fn0<Integer> above = () -> 1234;\n static int helper()");
        // the class initialiser of the program is reached: it makes the lambda
        String plain = PROGRAM.replace(
                "static int helper()", "static Fn0<Integer> above() { return () -> 1; }\n static int helper()");

        assertThat(key(plain, "passedLambda")).isEqualTo(key(PROGRAM, "passedLambda"));
        assertThat(key(plain, "lambda")).isEqualTo(key(PROGRAM, "lambda"));
        assertThat(key(changed, "lambda")).isNotEqualTo(key(PROGRAM, "lambda"));
    }

    @Test
    void theKeyIsThatOfTheCodeDigestWithWhatWasMet() {
        Memo1<Integer, Integer> memo = Fleche.of(CodeInKeysTest::twice);

        Digest none =
                Fleche.of(CodeInKeysTest::twice, Option.codeKey(CodeKey.NONE)).digest(2);

        assertThat(memo.digest(2)).isNotEqualTo(none);
        assertThat(none)
                .isEqualTo(Digester.standard()
                        .key(memo.profile().code().withoutCode(), new Object[] {2})
                        .key());
    }

    static int twice(int x) {
        return 2 * x;
    }
}
