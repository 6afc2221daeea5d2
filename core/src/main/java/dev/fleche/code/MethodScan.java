package dev.fleche.code;

import dev.fleche.code.Instruction.Handler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Collects the {@link MethodCode} of one method. Not thread-safe; confined to one reading. */
final class MethodScan extends MethodVisitor {

    private static final String MEMOIZED = "Ldev/fleche/annotation/Memoized;";
    private static final String DEPENDS_ON = "Ldev/fleche/annotation/DependsOn;";

    private final MethodId id;
    private final int access;
    private final Collection<MethodCode> target;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Handler> handlers = new ArrayList<>();
    private final Set<Label> used = new HashSet<>();
    private final List<String> dependencies = new ArrayList<>();
    private String version = "";
    private boolean marked;
    private boolean switches;

    MethodScan(int api, MethodId id, int access, Collection<MethodCode> target) {
        super(api);
        this.id = id;
        this.access = access;
        this.target = target;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        boolean telling = descriptor.equals(MEMOIZED) || descriptor.equals(DEPENDS_ON);
        return telling ? new OwnAnnotation() : null;
    }

    /** Takes from our own annotations what they say of the code. */
    private final class OwnAnnotation extends AnnotationVisitor {

        OwnAnnotation() {
            super(MethodScan.this.api);
        }

        @Override
        public void visit(@Nullable String name, Object value) {
            if ("version".equals(name)) {
                version = value.toString();
            } else if (value instanceof Type type && type.getSort() == Type.OBJECT) {
                dependencies.add(type.getInternalName());
            }
        }

        @Override
        public @Nullable AnnotationVisitor visitArray(String name) {
            return name.equals("value") ? this : null;
        }
    }

    @Override
    public void visitLabel(Label label) {
        marked = true;
        instructions.add(new Instruction.Mark(label));
    }

    @Override
    public void visitInsn(int opcode) {
        instructions.add(Instruction.Plain.of(opcode));
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        instructions.add(new Instruction.WithInt(opcode, operand));
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        instructions.add(new Instruction.WithInt(opcode, variable));
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        instructions.add(new Instruction.Increment(variable, increment));
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        instructions.add(new Instruction.WithType(opcode, type));
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        instructions.add(new Instruction.NewArrays(descriptor, dimensions));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        instructions.add(new Instruction.Field(opcode, owner, name, descriptor));
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        instructions.add(new Instruction.Call(opcode, owner, name, descriptor, ofInterface));
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        instructions.add(new Instruction.Dynamic(name, descriptor, bootstrap, List.of(arguments)));
    }

    @Override
    public void visitLdcInsn(Object value) {
        instructions.add(new Instruction.Constant(value));
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        used.add(label);
        instructions.add(new Instruction.Jump(opcode, label));
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        int[] keys = new int[labels.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = min + i;
        }
        visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        used.add(otherwise);
        SortedMap<Integer, Label> targets = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != otherwise) {
                used.add(labels[i]);
                targets.put(keys[i], labels[i]);
            }
        }
        switches = true;
        instructions.add(new Instruction.Switch(otherwise, targets));
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        used.add(start);
        used.add(end);
        used.add(handler);
        handlers.add(new Handler(start, end, handler, type));
    }

    @Override
    public void visitEnd() {
        Map<Label, Integer> numbers = used.isEmpty() ? Map.of() : new HashMap<>();
        List<Instruction> kept = marked ? withoutUnused(numbers) : instructions;
        if (switches) {
            kept = EnumJumps.in(kept, handlers);
        }
        if (id.name().equals("<init>")) {
            kept = CapturedStores.sorted(id, kept);
        }
        target.add(new MethodCode(id, access, version, List.copyOf(dependencies), kept, handlers, numbers));
    }

    /** Returns the instructions without the labels that nothing uses, and numbers the others. */
    private List<Instruction> withoutUnused(Map<Label, Integer> numbers) {
        List<Instruction> kept = new ArrayList<>(instructions.size());
        for (Instruction instruction : instructions) {
            if (!(instruction instanceof Instruction.Mark mark)) {
                kept.add(instruction);
            } else if (used.contains(mark.label())) {
                numbers.put(mark.label(), numbers.size());
                kept.add(mark);
            }
        }
        return kept;
    }
}
