package dev.fleche.code;

import dev.fleche.code.Instruction.Handler;
import dev.fleche.code.Instruction.Switch;
import dev.fleche.digest.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the texts of one method and of the lambdas in it.
 *
 * <p>Every part has a length or an end of its own, so that two texts are equal only if all parts are. Not thread-safe;
 * confined to one reading.
 */
final class MethodText {

    // above all opcodes
    private static final int MARK = 0xE0;
    private static final int SWITCH = 0xE1;
    private static final int ENUM_SWITCH = 0xE2;
    private static final int OBJECT_CALL = 0xE3;
    private static final int END = 0xEF;

    private static final int NAMED = 0;
    private static final int NAMED_OF_INTERFACE = 1;
    private static final int SELF = 2;
    private static final int OF_OBJECT = 3;

    /** The public methods of Object: which type a call of these names depends on the compiler alone. */
    private static final Set<String> OBJECT_METHODS = Set.of(
            "getClass()Ljava/lang/Class;",
            "hashCode()I",
            "equals(Ljava/lang/Object;)Z",
            "toString()Ljava/lang/String;",
            "notify()V",
            "notifyAll()V",
            "wait()V",
            "wait(J)V",
            "wait(JI)V");

    private static final Set<String> OBJECT_NAMES =
            Set.of("getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait");

    private final MethodCode root;
    private final Lambdas lambdas;
    private final TextWriter out;
    private final Map<String, Digest> bodies = new HashMap<>();

    MethodText(MethodCode root, Lambdas lambdas, TextWriter out) {
        this.root = root;
        this.lambdas = lambdas;
        this.out = out;
    }

    /** Returns the digest of the method's text. */
    Digest digest() {
        return digest(root);
    }

    private Digest digest(MethodCode code) {
        for (Instruction instruction : code.instructions()) {
            if (instruction instanceof Instruction.Dynamic dynamic) {
                addBody(code, dynamic);
            }
        }
        out.begin();
        int kind = (code.is(Opcodes.ACC_STATIC) ? 1 : 0)
                | (code.is(Opcodes.ACC_ABSTRACT) ? 2 : 0)
                | (code.is(Opcodes.ACC_NATIVE) ? 4 : 0)
                | (code.is(Opcodes.ACC_SYNCHRONIZED) ? 8 : 0)
                | visibility(code);
        out.putByte(kind);
        out.putString(code.id().descriptor());
        out.putString(code.version());
        for (Instruction instruction : code.instructions()) {
            write(code, instruction);
        }
        out.putByte(END);
        out.putInt(code.handlers().size());
        for (Handler handler : code.handlers()) {
            out.putInt(code.number(handler.start()));
            out.putInt(code.number(handler.end()));
            out.putInt(code.number(handler.handler()));
            out.putByte(handler.type() == null ? 0 : 1);
            out.putString(handler.type() == null ? "" : handler.type());
        }
        return out.digest();
    }

    /** Who may override a method decides what a call of it runs. */
    private static int visibility(MethodCode code) {
        if (code.is(Opcodes.ACC_STATIC) || code.id().name().startsWith("<")) {
            return 0;
        }
        if (code.is(Opcodes.ACC_PRIVATE)) {
            return 16;
        }
        return code.is(Opcodes.ACC_PUBLIC) || code.is(Opcodes.ACC_PROTECTED) ? 0 : 32;
    }

    private void write(MethodCode code, Instruction instruction) {
        if (instruction instanceof Instruction.Plain plain) {
            out.putByte(plain.opcode());
        } else if (instruction instanceof Instruction.WithInt number) {
            out.putByte(number.opcode());
            out.putInt(number.operand());
        } else if (instruction instanceof Instruction.Call call) {
            writeCall(call);
        } else if (instruction instanceof Instruction.Field field) {
            out.putByte(field.opcode());
            out.putString(field.owner());
            out.putString(field.name());
            out.putString(field.descriptor());
        } else if (instruction instanceof Instruction.WithType type) {
            out.putByte(type.opcode());
            out.putString(type.type());
        } else if (instruction instanceof Instruction.Constant constant) {
            out.putByte(Opcodes.LDC);
            writeConstant(constant.value());
        } else if (instruction instanceof Instruction.Dynamic dynamic) {
            writeDynamic(code, dynamic);
        } else {
            writeJump(code, instruction);
        }
    }

    private void writeJump(MethodCode code, Instruction instruction) {
        if (instruction instanceof Instruction.Mark) {
            out.putByte(MARK);
        } else if (instruction instanceof Instruction.Jump jump) {
            out.putByte(jump.opcode());
            out.putInt(code.number(jump.target()));
        } else if (instruction instanceof Switch jump) {
            writeSwitch(code, jump);
        } else if (instruction instanceof Instruction.EnumJump jump) {
            // what its labels mean is in other classes: the EnumSwitch has the rest
            out.putByte(ENUM_SWITCH);
            out.putString(jump.enumName());
            out.putInt(code.number(jump.jump().otherwise()));
        } else if (instruction instanceof Instruction.Increment increment) {
            out.putByte(Opcodes.IINC);
            out.putInt(increment.variable());
            out.putInt(increment.amount());
        } else if (instruction instanceof Instruction.NewArrays arrays) {
            out.putByte(Opcodes.MULTIANEWARRAY);
            out.putString(arrays.descriptor());
            out.putInt(arrays.dimensions());
        }
    }

    private void writeSwitch(MethodCode code, Switch jump) {
        Map<Integer, Integer> targets = targets(code, jump);
        out.putByte(SWITCH);
        out.putInt(code.number(jump.otherwise()));
        out.putInt(targets.size());
        for (Map.Entry<Integer, Integer> target : targets.entrySet()) {
            out.putInt(target.getKey());
            out.putInt(target.getValue());
        }
    }

    /** Returns the number of the target of each label. */
    static SortedMap<Integer, Integer> targets(MethodCode code, Switch jump) {
        SortedMap<Integer, Integer> targets = new TreeMap<>();
        for (Map.Entry<Integer, Label> target : jump.targets().entrySet()) {
            targets.put(target.getKey(), code.number(target.getValue()));
        }
        return targets;
    }

    private void writeCall(Instruction.Call call) {
        boolean virtual = call.opcode() == Opcodes.INVOKEVIRTUAL || call.opcode() == Opcodes.INVOKEINTERFACE;
        out.putByte(virtual && isOfObject(call.name(), call.descriptor()) ? OBJECT_CALL : call.opcode());
        writeMethod(virtual, call.owner(), call.name(), call.descriptor(), call.ofInterface());
    }

    private void writeMethod(boolean virtual, String owner, String name, String descriptor, boolean ofInterface) {
        if (virtual && isOfObject(name, descriptor)) {
            out.putByte(OF_OBJECT);
            out.putString(name);
            out.putString(descriptor);
        } else if (isRoot(owner, name, descriptor)) {
            out.putByte(SELF);
        } else {
            out.putByte(ofInterface ? NAMED_OF_INTERFACE : NAMED);
            out.putString(owner);
            out.putString(name);
            out.putString(descriptor);
        }
    }

    private boolean isRoot(String owner, String name, String descriptor) {
        MethodId id = root.id();
        return id.name().equals(name)
                && id.descriptor().equals(descriptor)
                && id.owner().equals(owner);
    }

    /** Returns whether every object has a public method of this name. */
    static boolean isOfObject(String name, String descriptor) {
        return OBJECT_NAMES.contains(name) && OBJECT_METHODS.contains(name.concat(descriptor));
    }

    private void writeDynamic(MethodCode code, Instruction.Dynamic dynamic) {
        MethodCode body = lambdas.body(code, dynamic);
        out.putByte(Opcodes.INVOKEDYNAMIC);
        out.putString(dynamic.name());
        out.putString(dynamic.descriptor());
        writeHandle(dynamic.bootstrap());
        out.putInt(dynamic.arguments().size());
        for (int i = 0; i < dynamic.arguments().size(); i++) {
            if (i == Lambdas.BODY && body != null) {
                out.putByte('l');
                out.putDigest(Objects.requireNonNull(bodies.get(body.id().signature())));
            } else {
                writeConstant(dynamic.arguments().get(i));
            }
        }
    }

    /** Makes the digest of a lambda's body, before the text that it stands in begins. */
    private void addBody(MethodCode code, Instruction.Dynamic dynamic) {
        MethodCode body = lambdas.body(code, dynamic);
        if (body != null && !bodies.containsKey(body.id().signature())) {
            bodies.put(body.id().signature(), digest(body));
        }
    }

    private void writeHandle(Handle handle) {
        int tag = handle.getTag();
        boolean virtual = tag == Opcodes.H_INVOKEVIRTUAL || tag == Opcodes.H_INVOKEINTERFACE;
        out.putByte(virtual && isOfObject(handle.getName(), handle.getDesc()) ? OBJECT_CALL : tag);
        writeMethod(virtual, handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
    }

    private void writeConstant(Object value) {
        if (value instanceof String text) {
            out.putByte('s');
            out.putString(text);
        } else if (value instanceof Integer number) {
            out.putByte('i');
            out.putInt(number);
        } else if (value instanceof Long number) {
            out.putByte('j');
            out.putLong(number);
        } else if (value instanceof Float number) {
            out.putByte('f');
            out.putInt(Float.floatToRawIntBits(number));
        } else if (value instanceof Double number) {
            out.putByte('d');
            out.putLong(Double.doubleToRawLongBits(number));
        } else if (value instanceof Type type) {
            out.putByte(type.getSort() == Type.METHOD ? 'm' : 'c');
            out.putString(type.getDescriptor());
        } else if (value instanceof Handle handle) {
            out.putByte('h');
            writeHandle(handle);
        } else if (value instanceof ConstantDynamic dynamic) {
            writeConstantDynamic(dynamic);
        } else {
            throw new IllegalArgumentException("an unknown constant of " + value.getClass());
        }
    }

    private void writeConstantDynamic(ConstantDynamic dynamic) {
        out.putByte('y');
        out.putString(dynamic.getName());
        out.putString(dynamic.getDescriptor());
        writeHandle(dynamic.getBootstrapMethod());
        out.putInt(dynamic.getBootstrapMethodArgumentCount());
        for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
            writeConstant(dynamic.getBootstrapMethodArgument(i));
        }
    }
}
