package dev.fleche.code;

import dev.fleche.code.Instruction.Call;
import dev.fleche.code.Instruction.Dynamic;
import dev.fleche.code.Instruction.Field;
import dev.fleche.code.Instruction.Handler;
import dev.fleche.code.Instruction.Increment;
import dev.fleche.code.Instruction.Jump;
import dev.fleche.code.Instruction.Mark;
import dev.fleche.code.Instruction.NewArrays;
import dev.fleche.code.Instruction.Plain;
import dev.fleche.code.Instruction.Switch;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Finds the one instruction that uses what another has pushed on the stack.
 *
 * <p>Follows the depth of the stack, in words above the one pushed, over the instructions between the two in their
 * order. These may jump forwards among themselves; nothing may jump in from outside, or out. Whatever does not fit has
 * no answer. Not thread-safe; confined to one reading.
 */
final class StackUse {

    private static final int UNREACHABLE = -1;

    private final List<Instruction> code;
    private final int start;
    private final Set<Label> outside = new HashSet<>();
    private final Map<Label, Integer> depths = new HashMap<>();
    /** The words above the one in question. */
    private int depth;

    StackUse(List<Instruction> code, List<Handler> handlers, int start) {
        this.code = code;
        this.start = start;
        for (Handler handler : handlers) {
            outside.add(handler.handler());
        }
        addTargets(0, start);
    }

    /** Returns the index of the array load that uses the array which {@code start} pushes; -1 if that is not proven. */
    int find() {
        for (int i = start + 1; i < code.size(); i++) {
            Instruction instruction = code.get(i);
            if (depth == 1 && Plain.is(instruction, Opcodes.IALOAD)) {
                addTargets(i, code.size());
                return isClosed(i) ? i : -1;
            }
            if (!step(instruction)) {
                return -1;
            }
        }
        return -1;
    }

    private void addTargets(int from, int to) {
        for (Instruction instruction : code.subList(from, to)) {
            if (instruction instanceof Jump jump) {
                outside.add(jump.target());
            } else if (instruction instanceof Switch jump) {
                outside.add(jump.otherwise());
                outside.addAll(jump.targets().values());
            }
        }
    }

    /** Returns whether no jump leads in or out. */
    private boolean isClosed(int end) {
        Set<Label> within = new HashSet<>();
        for (Instruction instruction : code.subList(start + 1, end)) {
            if (instruction instanceof Mark mark) {
                within.add(mark.label());
            }
        }
        return within.containsAll(depths.keySet()) && Collections.disjoint(within, outside);
    }

    private boolean step(Instruction instruction) {
        if (instruction instanceof Mark mark) {
            Integer known = depths.get(mark.label());
            if (depth == UNREACHABLE) {
                depth = known == null ? UNREACHABLE : known;
                return known != null;
            }
            return known == null || known == depth;
        }
        if (depth == UNREACHABLE) {
            return false;
        }
        if (instruction instanceof Jump jump) {
            return jump(jump);
        }
        if (instruction instanceof Switch jump) {
            return select(jump);
        }
        if (instruction instanceof Plain plain && ends(plain.opcode())) {
            depth = UNREACHABLE;
            return true;
        }
        return move(pops(instruction), pushes(instruction));
    }

    private boolean jump(Jump jump) {
        int opcode = jump.opcode();
        if (opcode == Opcodes.JSR) {
            return false;
        }
        boolean two = opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE;
        int operands = opcode == Opcodes.GOTO ? 0 : two ? 2 : 1;
        if (!move(operands, 0) || !reach(jump.target())) {
            return false;
        }
        depth = opcode == Opcodes.GOTO ? UNREACHABLE : depth;
        return true;
    }

    private boolean select(Switch jump) {
        boolean fits = move(1, 0) && reach(jump.otherwise());
        for (Label target : jump.targets().values()) {
            fits = fits && reach(target);
        }
        depth = UNREACHABLE;
        return fits;
    }

    private boolean reach(Label target) {
        Integer known = depths.putIfAbsent(target, depth);
        return known == null || known == depth;
    }

    private boolean move(int pops, int pushes) {
        if (pops < 0 || pops > depth) {
            return false;
        }
        depth += pushes - pops;
        return true;
    }

    private static boolean ends(int opcode) {
        return (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) || opcode == Opcodes.ATHROW;
    }

    private static int pops(Instruction instruction) {
        if (instruction instanceof Call call) {
            int words = (Type.getArgumentsAndReturnSizes(call.descriptor()) >> 2) - 1;
            return call.opcode() == Opcodes.INVOKESTATIC ? words : words + 1;
        }
        if (instruction instanceof Dynamic dynamic) {
            return (Type.getArgumentsAndReturnSizes(dynamic.descriptor()) >> 2) - 1;
        }
        if (instruction instanceof Field field) {
            int size = Type.getType(field.descriptor()).getSize();
            return switch (field.opcode()) {
                case Opcodes.GETSTATIC -> 0;
                case Opcodes.GETFIELD -> 1;
                case Opcodes.PUTSTATIC -> size;
                default -> size + 1;
            };
        }
        if (instruction instanceof NewArrays arrays) {
            return arrays.dimensions();
        }
        return StackWords.pops(opcode(instruction));
    }

    private static int pushes(Instruction instruction) {
        if (instruction instanceof Call call) {
            return Type.getArgumentsAndReturnSizes(call.descriptor()) & 3;
        }
        if (instruction instanceof Dynamic dynamic) {
            return Type.getArgumentsAndReturnSizes(dynamic.descriptor()) & 3;
        }
        if (instruction instanceof Field field) {
            boolean read = field.opcode() == Opcodes.GETSTATIC || field.opcode() == Opcodes.GETFIELD;
            return read ? Type.getType(field.descriptor()).getSize() : 0;
        }
        if (instruction instanceof Instruction.Constant constant) {
            Object value = constant.value();
            boolean wide = value instanceof org.objectweb.asm.ConstantDynamic dynamic
                    ? dynamic.getSize() == 2
                    : value instanceof Long || value instanceof Double;
            return wide ? 2 : 1;
        }
        if (instruction instanceof NewArrays) {
            return 1;
        }
        return StackWords.pushes(opcode(instruction));
    }

    private static int opcode(Instruction instruction) {
        if (instruction instanceof Plain plain) {
            return plain.opcode();
        }
        if (instruction instanceof Instruction.WithInt number) {
            return number.opcode();
        }
        if (instruction instanceof Instruction.WithType type) {
            return type.opcode();
        }
        return instruction instanceof Increment ? Opcodes.IINC : Opcodes.LDC;
    }
}
