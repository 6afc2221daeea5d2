package dev.fleche.code;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What counts of a class that is not the user's. Immutable.
 *
 * @param name its internal name
 * @param supertypes the internal names of its superclass and interfaces
 * @param overridable the signatures of its own methods that a subclass may override
 */
record Outline(String name, List<String> supertypes, List<String> overridable) {

    private static final int FIXED = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

    /**
     * Reads a class file.
     *
     * @throws ClassFileException if it is newer than we know, or broken
     */
    static Outline read(byte[] classFile) throws ClassFileException {
        try {
            Reader reader = new Reader();
            new ClassReader(classFile)
                    .accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return new Outline(reader.name, reader.supertypes, reader.overridable);
        } catch (RuntimeException e) {
            throw new ClassFileException("a class file cannot be read: " + e, e);
        }
    }

    void write(CompactWriter out) {
        out.string(name);
        out.strings(supertypes);
        out.strings(overridable);
    }

    static Outline read(CompactReader in) {
        return new Outline(in.string(), in.strings(), in.strings());
    }

    /** Collects it. Not thread-safe. */
    private static final class Reader extends ClassVisitor {

        private final List<String> supertypes = new ArrayList<>();
        private final List<String> overridable = new ArrayList<>();
        private String name = "";

        private Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            this.name = name;
            if (superName != null) {
                supertypes.add(superName);
            }
            if (interfaces != null) {
                supertypes.addAll(List.of(interfaces));
            }
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & FIXED) == 0 && !name.startsWith("<")) {
                overridable.add(name + descriptor);
            }
            return null;
        }
    }
}
