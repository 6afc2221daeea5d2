package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class ClassSummariesTest {

    private static final String SOURCE = """
            import java.util.function.*;

            abstract class Demo implements Runnable, java.io.Serializable {
                enum Color { RED, GREEN, BLUE { int v() { return 2; } }; int v() { return 1; } static final int N = 3; }
                record Point(int x) {}
                static final int LIMIT = 5;
                static final String NAME = "n";
                static final boolean ON = true;
                static final double NONE = 0.0 / 0.0;
                static final float SMALL = 1.5f;
                static final Integer BOXED = 5;
                static int variable = 5;
                final int member = 5;
                native int nothing();
                abstract int something();
                Supplier<String> lambda() { return (Supplier<String> & java.io.Serializable) () -> "a"; }
                int first(Color c, Thread.State s) {
                    switch (c) { case BLUE: case RED: return 1; default: }
                    switch (s) { case NEW: return 1; default: return 2; }
                }
                int second(Color c) { switch (c) { case GREEN: return 1; default: return 2; } }
            }
            """;

    private static final Map<String, byte[]> FILES = Compilation.classFiles(SOURCE);
    private static final ClassSummary DEMO = Compilation.read(file("Demo"));

    @Test
    void aClassHasItsPlaceAmongOthers() {
        assertThat(DEMO.name()).isEqualTo("Demo");
        assertThat(DEMO.superName()).isEqualTo("java/lang/Object");
        assertThat(DEMO.interfaces()).containsExactly("java/lang/Runnable", "java/io/Serializable");
        assertThat(DEMO.access() & Opcodes.ACC_ABSTRACT).isNotZero();
        assertThat(Compilation.read(file("Demo$Point")).access() & Opcodes.ACC_RECORD)
                .isNotZero();
    }

    @Test
    void theConstantsAreTheStaticFieldsThatHaveTheirValueFromTheClassFile() {
        assertThat(DEMO.constants())
                .containsOnly(
                        Map.entry("LIMIT:I", "5"),
                        Map.entry("NAME:Ljava/lang/String;", "n"),
                        Map.entry("ON:Z", "1"),
                        Map.entry("NONE:D", "NaN:7ff8000000000000"),
                        Map.entry("SMALL:F", "1.5"));
    }

    @Test
    void theConstantsOfAnEnumComeInTheirOrder() {
        assertThat(Compilation.read(file("Demo$Color")).enumConstants()).containsExactly("RED", "GREEN", "BLUE");
        assertThat(DEMO.enumConstants()).isEmpty();
    }

    @Test
    void abstractAndNativeMethodsSayThatTheyAre() {
        MethodSummary nothing = method("nothing()I");
        MethodSummary something = method("something()I");

        assertThat(nothing.access() & Opcodes.ACC_NATIVE).isNotZero();
        assertThat(something.access() & Opcodes.ACC_ABSTRACT).isNotZero();
        assertThat(nothing.text()).isNotEqualTo(something.text());
        assertThat(nothing.edges()).isEmpty();
    }

    @Test
    void bodiesOfLambdasAreThereForThemselvesAndTheirDeserialiserIsNot() {
        List<String> bodies =
                DEMO.methods().keySet().stream().filter(DEMO::isLambdaBody).toList();

        assertThat(bodies).singleElement().asString().startsWith("lambda$lambda$");
        assertThat(DEMO.methods().keySet()).noneMatch(name -> name.startsWith("$deserialize"));
        assertThat(DEMO.isLambdaBody("lambda()Ljava/util/function/Supplier;")).isFalse();
        assertThat(DEMO.isLambdaBody("absent()V")).isFalse();
    }

    @Test
    void theMapsOfSwitchesAreReadFromTheirInitialiser() {
        assertThat(Compilation.read(file("Demo$1")).switchMaps())
                .satisfiesAnyOf(
                        // a compiler that takes ordinals for enums of the same file
                        maps -> assertThat(maps).containsOnlyKeys("$SwitchMap$java$lang$Thread$State"),
                        maps -> assertThat(maps)
                                .containsEntry("$SwitchMap$Demo$Color", Map.of(1, "BLUE", 2, "RED", 3, "GREEN"))
                                .containsEntry("$SwitchMap$java$lang$Thread$State", Map.of(1, "NEW"))
                                .hasSize(2));
        assertThat(DEMO.switchMaps()).isEmpty();
    }

    @Test
    void aClassFileOfANewerJavaIsToldFromABrokenOne() {
        byte[] newer = file("Demo").clone();
        newer[7] = 99;

        assertThatThrownBy(() -> ClassSummaries.read(newer))
                .isInstanceOf(ClassFileException.class)
                .hasMessage("expected a class file of Java 27 or older, found one of Java 55; a newer ASM may read it");
    }

    @Test
    void otherBytesAreNoClassFile() {
        assertThatThrownBy(() -> ClassSummaries.read(new byte[0]))
                .isInstanceOf(ClassFileException.class)
                .hasMessage("expected a class file, found 0 other bytes");
        assertThatThrownBy(() -> ClassSummaries.read("no class file".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(ClassFileException.class)
                .hasMessage("expected a class file, found 13 other bytes");
    }

    @Test
    void aClassFileCutShortIsBroken() {
        byte[] whole = file("Demo$Color");

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ClassSummaries.read(cut))
                    .as("the first %s of %s bytes", length, whole.length)
                    .isInstanceOf(ClassFileException.class);
        }
    }

    @Test
    void aDamagedClassFileIsReadOrSaidToBeBroken() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int broken = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = file("Demo").clone();
            // behind the header and within the constants, for no jump table may ask for gigabytes
            damaged[8 + random.nextInt(damaged.length / 2)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(ClassSummaries.read(damaged).methods())
                        .as("seed %s", seed)
                        .isNotNull();
            } catch (ClassFileException e) {
                broken++;
            }
        }
        assertThat(broken).as("broken of 2000, seed %s", seed).isPositive();
    }

    private static MethodSummary method(String signature) {
        return Objects.requireNonNull(DEMO.methods().get(signature), signature);
    }

    private static byte[] file(String name) {
        return Objects.requireNonNull(FILES.get(name), () -> name + " of " + FILES.keySet());
    }
}
