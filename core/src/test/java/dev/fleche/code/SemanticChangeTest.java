package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What gives a method another text. */
class SemanticChangeTest {

    private static final String TYPES = """
            import java.util.*;
            import java.util.function.*;

            enum Color { RED, GREEN, BLUE }
            enum Shade { RED, GREEN, BLUE }
            interface Op { int of(int i); }
            """;

    private static final String CLASS = """
            class Demo {
                static int A = 1, B = 2;
                static long L = 3;
                int f = 1, g = 2;
                static int one(int i) { return i; }
                static int two(int i) { return i + 1; }
                int own(int i) { return i + f; }
                static int wide(long i) { return 0; }
                static int wide(Object i) { return 1; }
                %s
            }
            """;

    private static final List<Change> CHANGES = changes();
    private static final Compilation BEFORE = compile(Change::before);
    private static final Compilation AFTER = compile(Change::after);

    /** A change of the method {@code m}. */
    private record Change(String name, String before, String after) {}

    /** Compiles a class for each change, all at once: it is the start of a compiler that takes time. */
    private static Compilation compile(Function<Change, String> side) {
        StringBuilder source = new StringBuilder(TYPES);
        for (int i = 0; i < CHANGES.size(); i++) {
            source.append(CLASS.formatted(side.apply(CHANGES.get(i))).replace("Demo", "Demo" + i));
        }
        return Compilation.of(source.toString());
    }

    private static List<Change> changes() {
        return List.of(
                change("an operator", "int m(int a, int b) { return a + b; }", "a + b", "a - b"),
                change("the order of operands", "int m(int a, int b) { return a - b; }", "a - b", "b - a"),
                change("a shift", "int m(int a) { return a >> 2; }", ">>", ">>>"),
                change("a comparison", "int m(int a) { if (a < 2) { return 1; } return 2; }", "<", "<="),
                change("a small constant", "int m(int a) { return a + 1; }", "1", "2"),
                change("a byte constant", "int m(int a) { return a + 100; }", "100", "101"),
                change("a large constant", "int m(int a) { return a + 1000000; }", "1000000", "1000001"),
                change("the type of a constant", "double m() { return 1; }", "return 1", "return 1 / 2"),
                change("zero's sign", "double m() { return 5.5 * 0.0; }", "5.5 * 0.0", "-0.0"),
                change("a long constant", "long m() { return 4294967296L; }", "4294967296L", "4294967297L"),
                change("a float constant", "float m() { return 1.5f; }", "1.5f", "1.25f"),
                change("a string constant", "String m() { return \"a\"; }", "\"a\"", "\"b\""),
                change("half a surrogate pair", "String m() { return \"\\ud800\"; }", "\\\\ud800", "\\\\udbff"),
                change("a number for its text", "Object m() { return 1; }", "return 1", "return \"1\""),
                change("null for a string", "String m() { return null; }", "null", "\"null\""),
                change("an increment", "int m(int a) { a += 3; return a; }", "3", "4"),
                change("a variable", "int m(int a, int b) { return a; }", "return a", "return b"),
                change("a parameter's type", "int m(int a) { return 1; }", "int a", "char a"),
                change("a result's type", "Object m() { return null; }", "Object", "String"),
                change("a static field", "int m() { return A; }", "return A", "return B"),
                change("a field", "int m() { return f; }", "return f", "return g"),
                change("another object's field", "int m(Demo o) { return f; }", "return f", "return o.f"),
                change("a written field", "void m() { A = 1; }", "A = 1", "B = 1"),
                change("a conversion", "int m(double d) { return (int) d; }", "(int) d", "(int) (long) d"),
                change("a called method", "int m(int i) { return one(i); }", "one", "two"),
                change("an overload", "int m(int i) { return wide(i); }", "(i)", "((Object) i)"),
                change("recursion", "int m(int i) { return own(i); }", "own", "m"),
                change("a call's receiver", "int m(Demo o) { return own(1); }", "own(1)", "o.own(1)"),
                change("a created class", "Object m() { return new ArrayList<>(); }", "ArrayList", "LinkedList"),
                change("an array's size", "int[] m() { return new int[3]; }", "3", "4"),
                change("an array's type", "Object m() { return new int[3]; }", "int[3]", "float[3]"),
                change("an array's class", "Object m() { return new Color[3]; }", "Color[3]", "Shade[3]"),
                change("dimensions", "Object m() { return new int[3][4][]; }", "[4][]", "[4][5]"),
                change("a cast", "Object m(Object o) { return (Color) o; }", "(Color)", "(Shade)"),
                change("a test", "boolean m(Object o) { return o instanceof Color; }", "Color", "Shade"),
                change("a class literal", "Object m() { return Color.class; }", "Color", "Shade"),
                change("a literal's dimensions", "Object m() { return Color.class; }", "Color", "Color[]"),
                change("a caught type", tryCatch(), "IllegalStateException", "IllegalArgumentException"),
                change("what is within a try", tryCatch(), "one(i); try {", "try { one(i);"),
                change("finally for catch", tryCatch(), "catch (IllegalStateException e)", "finally"),
                change("a thrown type", "void m() { throw new Error(); }", "Error", "AssertionError"),
                change("synchronized", "int m() { return 1; }", "int m", "synchronized int m"),
                change("static", "int m() { return 1; }", "int m", "static int m"),
                change("native", "native int m();", "native int m();", "int m() { return 0; }"),
                change(
                        "an order of calls",
                        "int m() { one(1); two(2); return 3; }",
                        "one(1); two(2)",
                        "two(2); one(1)"),
                change("a loop", "int m(int i) { while (i < 9) { i++; } return i; }", "while", "if"),
                change("a break", "int m(int i) { for (;;) { if (i++ > 3) break; } return i; }", "i++ > 3", "++i > 3"),
                change("a label", labels(), "continue outer", "continue"),
                change("a string's recipe", "String m(int i) { return i + \"a\" + i; }", "i + \"a\"", "i + \"b\""),
                change("a string's order", "String m(int i) { return i + \"a\"; }", "i + \"a\"", "\"a\" + i"),
                change("a string's parts", "String m(int i, Object o) { return \"a\" + i + o; }", "i + o", "o + i"),
                change("a recipe's tag", "String m(int i) { return i + \"\\u0001\"; }", "\\\\u0001", "\\\\u0002"),
                change("a case's label", intSwitch(), "case 2", "case 4"),
                change(
                        "a case's target",
                        intSwitch(),
                        "case 1: return 7; case 2: return 8",
                        "case 2: return 7; case 1: return 8"),
                change("a case more", intSwitch(), "case 2:", "case 2: case 5:"),
                change("a default", intSwitch(), "default: return 9", "default: return 0"),
                change(
                        "where default stands",
                        fallThrough(),
                        "case 2: default: i++",
                        "default: case 2: i--; case 9: i++"),
                change("a string's case", stringSwitch(), "case \"b\"", "case \"c\""),
                change(
                        "strings' cases",
                        stringSwitch(),
                        "case \"a\": return 7; case \"b\"",
                        "case \"b\": return 7; case \"a\""),
                change("an enum's case", enumSwitch(), "case GREEN", "case BLUE"),
                change(
                        "enums' cases",
                        enumSwitch(),
                        "case RED: return 7; case GREEN",
                        "case GREEN: return 7; case RED"),
                change("an enum's case more", enumSwitch(), "case GREEN:", "case GREEN: case BLUE:"),
                change("the enum", enumSwitch(), "Color c", "Shade c"),
                change(
                        "an ordinal for its enum",
                        enumSwitch(),
                        "switch (c)",
                        "switch (c.hashCode())",
                        "case RED",
                        "case 0",
                        "case GREEN",
                        "case 1"),
                change("a lambda's body", "Op m() { return i -> i + 1; }", "i + 1", "i + 2"),
                change("a lambda in a lambda", "Supplier<Op> m() { return () -> i -> i + 1; }", "i + 1", "i - 1"),
                change("a lambda's variable", "Op m(int a, int b) { return i -> i + a; }", "i + a", "i + b"),
                change("two variables", "Op m(int a, int b) { return i -> a - b; }", "a - b", "b - a"),
                change("a lambda's this", "Op m(int a) { return i -> i + f; }", "i + f", "i + g"),
                change("a lambda's enum switch", lambdaSwitch(), "case GREEN", "case BLUE"),
                change("a lambda's interface", "Object m() { return (Op) i -> i; }", "(Op)", "(IntUnaryOperator)"),
                change(
                        "a serializable lambda",
                        "Object m() { return (Op) i -> i; }",
                        "(Op)",
                        "(Op & java.io.Serializable)"),
                change("one of two lambdas", twoLambdas(), "i -> i + 2", "i -> i + 1"),
                change("two lambdas' order", twoLambdas(), "i -> i + 1, i -> i + 2", "i -> i + 2, i -> i + 1"),
                change("a method reference", "Op m() { return Demo::one; }", "::one", "::two"),
                change("a bound reference", "Op m(Demo o) { return this::own; }", "this", "o"),
                change("a constructor", "Supplier<?> m() { return ArrayList::new; }", "ArrayList", "HashSet"),
                change("a lambda for a reference", "Op m() { return Demo::one; }", "Demo::one", "i -> one(i)"),
                change("toString for hashCode", "Object m(Color c) { return c.toString(); }", "toString", "hashCode"),
                change("equals' argument", "boolean m(Color c, Color d) { return c.equals(d); }", "(d)", "(c)"),
                change("an inherited call", "Object m() { return super.toString(); }", "super", "this"));
    }

    private static String tryCatch() {
        return "int m(int i) { one(i); try { return two(i); } catch (IllegalStateException e) { return 1; } }";
    }

    private static String labels() {
        return "int m(int i) { outer: while (i < 99) { while (i > 5) { i += 3; if (i > 7) continue outer; } i++; } return i; }";
    }

    private static String intSwitch() {
        return "int m(int i) { switch (i) { case 1: return 7; case 2: return 8; default: return 9; } }";
    }

    private static String fallThrough() {
        return "int m(int i) { switch (i) { case 1: i += 5; case 2: default: i++; } return i; }";
    }

    private static String stringSwitch() {
        return "int m(String s) { switch (s) { case \"a\": return 7; case \"b\": return 8; default: return 9; } }";
    }

    private static String enumSwitch() {
        return "int m(Color c) { switch (c) { case RED: return 7; case GREEN: return 8; default: return 9; } }";
    }

    private static String lambdaSwitch() {
        return "Function<Color, Integer> m() { return c -> { switch (c) { case GREEN: return 8; default: return 9; } }; }";
    }

    private static String twoLambdas() {
        return "List<Op> m() { return List.of(i -> i + 1, i -> i + 2); }";
    }

    private static Change change(String name, String method, String... replacements) {
        String changed = method;
        for (int i = 0; i < replacements.length; i += 2) {
            changed = changed.replace(
                    replacements[i].replace("\\\\u", "\\u"), replacements[i + 1].replace("\\\\u", "\\u"));
        }
        assertThat(changed).isNotEqualTo(method);
        return new Change(name, method, changed);
    }

    static Stream<Arguments> numbers() {
        return IntStream.range(0, CHANGES.size())
                .mapToObj(i -> arguments(CHANGES.get(i).name(), i));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void aChangeGivesAnotherText(String name, int number) {
        String before = BEFORE.text("Demo" + number, "m");

        String after = AFTER.text("Demo" + number, "m");

        assertThat(after).as(name).isNotEqualTo(before);
    }

    @Test
    void theTextsOfTheOtherMethodsStay() {
        for (String method : List.of("one", "two", "own", "<init>", "<clinit>")) {
            assertThat(AFTER.text("Demo0", method)).as(method).isEqualTo(BEFORE.text("Demo0", method));
        }
    }

    @Test
    void theOrderOfAnEnumsConstantsChangesWhatOrdinalsMean() {
        String source = (TYPES + CLASS)
                .formatted("int m(Color c) { switch (c.ordinal()) { case 0: return 7; default: return 9; } }");
        String reordered = source.replace("enum Color { RED, GREEN", "enum Color { GREEN, RED");

        assertThat(Compilation.of(reordered).text("m"))
                .isNotEqualTo(Compilation.of(source).text("m"));
    }

    @Test
    void theOrderOfAnEnumsConstantsDoesNotChangeASwitchOverThem() {
        String source = (TYPES + CLASS).formatted(enumSwitch());
        String reordered = source.replace("enum Color { RED, GREEN", "enum Color { GREEN, RED");

        assertThat(Compilation.of(reordered).text("m"))
                .isEqualTo(Compilation.of(source).text("m"));
    }

    @Test
    void theComponentsOfARecordChangeItsMethods() {
        String source = "record Demo(int a, int b) {}";
        String renamed = "record Demo(int a, int c) {}";

        for (String name : new String[] {"equals", "hashCode", "toString"}) {
            assertThat(Compilation.of(renamed).text(name))
                    .as(name)
                    .isNotEqualTo(Compilation.of(source).text(name));
        }
    }

    @Test
    void theCodeOfAnInitialiserIsATextOfItsOwn() {
        String source = "class Demo { static final int[] T = {1, 2, 3}; int f = 4; }";

        assertThat(Compilation.of(source.replace('2', '5')).text("<clinit>"))
                .isNotEqualTo(Compilation.of(source).text("<clinit>"));
        assertThat(Compilation.of(source.replace('4', '5')).text("<init>"))
                .isNotEqualTo(Compilation.of(source).text("<init>"));
    }

    @Test
    void whatAnAnonymousClassUsesOfWhatItCapturesIsInItsText() {
        String source =
                "class Demo { Runnable m(int a, int b) { return new Runnable() { public void run() { use(a, b); } }; }"
                        + " static void use(int a, int b) {} }";
        String other = source.replace("use(a, b)", "use(b, a)");

        assertThat(Compilation.of(other).text("Demo$1", "run"))
                .isNotEqualTo(Compilation.of(source).text("Demo$1", "run"));
    }
}
