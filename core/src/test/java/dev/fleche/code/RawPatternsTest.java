package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Edge.Kind;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Code that looks nearly like what compilers write for switches over enums and for lambdas, and is taken as it is. */
class RawPatternsTest {

    private static final String MAP = "$SwitchMap$Color";
    private static final Edge MAP_EDGE = new Edge(Kind.FIELD, "Other", MAP, "[I");

    @Test
    void theKnownPatternIsASwitchOverAnEnum() {
        MethodSummary method = method(code -> switchOver(code, () -> {}, () -> {}));

        assertThat(method.switches()).hasSize(1);
        assertThat(method.edges()).doesNotContain(MAP_EDGE);
    }

    @Test
    void aMapUsedTwiceIsNoSwitchOverAnEnum() {
        MethodSummary method = method(code -> switchOver(code, () -> code.visitInsn(Opcodes.DUP), () -> {}));

        assertThat(method.switches()).isEmpty();
        assertThat(method.edges()).contains(MAP_EDGE);
    }

    @Test
    void anotherArrayInPlaceOfTheMapIsNoSwitchOverAnEnum() {
        MethodSummary method = method(code -> switchOver(
                code,
                () -> {
                    code.visitInsn(Opcodes.POP);
                    code.visitVarInsn(Opcodes.ALOAD, 1);
                },
                () -> {}));

        assertThat(method.switches()).isEmpty();
        assertThat(method.edges()).contains(MAP_EDGE);
    }

    @Test
    void aNumberChangedBeforeTheSwitchIsNoSwitchOverAnEnum() {
        MethodSummary method = method(code -> switchOver(code, () -> {}, () -> {
            code.visitInsn(Opcodes.ICONST_1);
            code.visitInsn(Opcodes.IADD);
        }));

        assertThat(method.switches()).isEmpty();
        assertThat(method.edges()).contains(MAP_EDGE);
    }

    @Test
    void aJumpIntoThePatternIsNoSwitchOverAnEnum() {
        Label inside = new Label();
        MethodSummary method = method(code -> {
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitJumpInsn(Opcodes.IFNONNULL, inside);
            code.visitInsn(Opcodes.POP);
            switchOver(code, () -> code.visitLabel(inside), () -> {});
        });

        assertThat(method.switches()).isEmpty();
        assertThat(method.edges()).contains(MAP_EDGE);
    }

    @Test
    void theMapOfAnotherEnumIsNoSwitchOverThisOne() {
        MethodSummary method = method(code -> {
            code.visitFieldInsn(Opcodes.GETSTATIC, "Other", "$SwitchMap$Shade", "[I");
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "Color", "ordinal", "()I", false);
            code.visitInsn(Opcodes.IALOAD);
            jump(code);
        });

        assertThat(method.switches()).isEmpty();
    }

    @Test
    void anyEnumsOrdinalIsNoSwitchOverOne() {
        MethodSummary method = method(code -> {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Enum", "ordinal", "()I", false);
            jump(code);
        });

        assertThat(method.switches()).isEmpty();
    }

    @Test
    void tableAndLookUpSwitchesWithTheSameJumpsHaveOneText() {
        MethodSummary look = method(code -> {
            code.visitInsn(Opcodes.ICONST_1);
            jump(code);
        });
        MethodSummary table = method(code -> {
            code.visitInsn(Opcodes.ICONST_1);
            Label one = new Label();
            Label other = new Label();
            code.visitTableSwitchInsn(0, 3, other, other, one, other, other);
            end(code, one, other);
        });

        assertThat(table.text()).isEqualTo(look.text());
    }

    @Test
    void lambdasThatHoldEachOtherStayMethods() {
        ClassSummary summary =
                lambdas(new String[][] {{"m", "lambda$a"}, {"lambda$a", "lambda$b"}, {"lambda$b", "lambda$a"}});

        assertThat(edges(summary, "m")).contains(new Edge(Kind.CALL, "Demo", "lambda$a", "()V"));
        assertThat(edges(summary, "lambda$a")).contains(new Edge(Kind.CALL, "Demo", "lambda$a", "()V"));
    }

    @Test
    void lambdasThatWouldBeCopiedTooOftenStayMethods() {
        String[][] bodies = new String[60][];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = new String[] {"lambda$" + i, "lambda$" + (i + 1), "lambda$" + (i + 1)};
        }

        ClassSummary summary = lambdas(bodies);

        assertThat(summary.methods()).hasSize(60);
    }

    private static java.util.List<Edge> edges(ClassSummary summary, String name) {
        return Objects.requireNonNull(summary.methods().get(name + "()V")).edges();
    }

    /** Returns a class with static methods that make lambdas: each is named first, then the bodies of its lambdas. */
    private static ClassSummary lambdas(String[][] methods) {
        ClassWriter writer = writer();
        Handle factory =
                new Handle(Opcodes.H_INVOKESTATIC, "java/lang/invoke/LambdaMetafactory", "metafactory", "()V", false);
        for (String[] method : methods) {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
            MethodVisitor code = writer.visitMethod(access, method[0], "()V", null, null);
            code.visitCode();
            for (int i = 1; i < method.length; i++) {
                Handle body = new Handle(Opcodes.H_INVOKESTATIC, "Demo", method[i], "()V", false);
                Type type = Type.getMethodType("()V");
                code.visitInvokeDynamicInsn("run", "()Ljava/lang/Runnable;", factory, type, body, type);
                code.visitInsn(Opcodes.POP);
            }
            code.visitInsn(Opcodes.RETURN);
            code.visitMaxs(2, 2);
            code.visitEnd();
        }
        return Compilation.read(writer.toByteArray());
    }

    private static void switchOver(MethodVisitor code, Runnable afterMap, Runnable beforeSwitch) {
        code.visitFieldInsn(Opcodes.GETSTATIC, "Other", MAP, "[I");
        afterMap.run();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "Color", "ordinal", "()I", false);
        code.visitInsn(Opcodes.IALOAD);
        beforeSwitch.run();
        jump(code);
    }

    private static void jump(MethodVisitor code) {
        Label one = new Label();
        Label other = new Label();
        code.visitLookupSwitchInsn(other, new int[] {1}, new Label[] {one});
        end(code, one, other);
    }

    private static void end(MethodVisitor code, Label one, Label other) {
        code.visitLabel(one);
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(other);
        code.visitInsn(Opcodes.ICONST_2);
        code.visitInsn(Opcodes.IRETURN);
    }

    private static MethodSummary method(Consumer<MethodVisitor> body) {
        ClassWriter writer = writer();
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "m", "(LColor;[I)I", null, null);
        code.visitCode();
        body.accept(code);
        code.visitMaxs(9, 9);
        code.visitEnd();
        return Objects.requireNonNull(
                Compilation.read(writer.toByteArray()).methods().get("m(LColor;[I)I"));
    }

    private static ClassWriter writer() {
        // the reader verifies nothing, so neither frames nor the stack's size matter
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_SUPER, "Demo", null, "java/lang/Object", null);
        return writer;
    }
}
