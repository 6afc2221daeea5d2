package dev.fleche.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Changes of class files: a note at the entry of each method, or another body for one. */
final class Rewriting {

    private static final int API = Opcodes.ASM9;
    private static final int NO_BODY = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

    private Rewriting() {}

    /** Returns the methods of a class file that have a body. */
    static List<MethodId> bodies(byte[] classFile) {
        List<MethodId> all = new ArrayList<>();
        ClassReader reader = new ClassReader(classFile);
        reader.accept(
                new ClassVisitor(API) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        if ((access & NO_BODY) == 0) {
                            all.add(new MethodId(reader.getClassName(), name, descriptor));
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        return all;
    }

    /**
     * Returns the class file with a call of {@code EntryTrace.entered} in each method, of the numbers from
     * {@code first} on.
     */
    static byte[] traced(byte[] classFile, int first) {
        int[] next = {first};
        return rewritten(classFile, method -> true, visitor -> {
            visitor.visitLdcInsn(next[0]++);
            visitor.visitMethodInsn(
                    Opcodes.INVOKESTATIC, Type.getInternalName(EntryTrace.class), "entered", "(I)V", false);
        });
    }

    /** Returns the class file with another body of {@code method}, that does the same. */
    static byte[] mutated(byte[] classFile, MethodId method) {
        boolean[] found = {false};
        byte[] changed = rewritten(classFile, method::equals, visitor -> {
            found[0] = true;
            visitor.visitLdcInsn(0x5EED);
            visitor.visitInsn(Opcodes.POP);
        });
        if (!found[0]) {
            throw new IllegalArgumentException(method + " has no body in this class file");
        }
        return changed;
    }

    private interface Insertion {
        void into(MethodVisitor visitor);
    }

    private static byte[] rewritten(byte[] classFile, Predicate<MethodId> wanted, Insertion insertion) {
        ClassReader reader = new ClassReader(classFile);
        // no copying of the constant pool: the old one would keep what is no longer used
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(API, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean here = (access & NO_BODY) == 0
                                && wanted.test(new MethodId(reader.getClassName(), name, descriptor));
                        return !here
                                ? next
                                : new MethodVisitor(API, next) {
                                    @Override
                                    public void visitCode() {
                                        super.visitCode();
                                        insertion.into(mv);
                                    }
                                };
                    }
                },
                0);
        return writer.toByteArray();
    }
}
