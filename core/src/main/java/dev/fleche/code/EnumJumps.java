package dev.fleche.code;

import dev.fleche.code.Instruction.Call;
import dev.fleche.code.Instruction.EnumJump;
import dev.fleche.code.Instruction.Field;
import dev.fleche.code.Instruction.Handler;
import dev.fleche.code.Instruction.Switch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Finds switches over enums among switches over numbers.
 *
 * <p>Compilers write {@code switch (color)} in two ways. {@code Outer$1.$SwitchMap$Color[color.ordinal()]} takes the
 * number from an array that another class fills; {@code color.ordinal()} is taken where that cannot be another Color
 * than the one compiled with. Both become the ordinal's call and an {@link EnumJump}; the load of the array is left
 * out, once it is proven that its one use is this switch. Whatever looks different stays as it is.
 */
final class EnumJumps {

    static final String MAP_PREFIX = "$SwitchMap$";

    private final List<Instruction> source;
    private final List<Handler> handlers;
    /** What stands in the place of each instruction; null where nothing does. */
    private final List<@Nullable Instruction> result;

    private EnumJumps(List<Instruction> source, List<Handler> handlers) {
        this.source = source;
        this.handlers = handlers;
        this.result = new ArrayList<>(source);
    }

    /** Returns {@code instructions} with switches over enums for those over their numbers. */
    static List<Instruction> in(List<Instruction> instructions, List<Handler> handlers) {
        return new EnumJumps(instructions, handlers).resolve();
    }

    /** Returns the name of the field that maps the constants of an enum. */
    static String mapField(String enumName) {
        return MAP_PREFIX.concat(enumName.replace('/', '$'));
    }

    static boolean isOrdinal(Instruction instruction) {
        return instruction instanceof Call call
                && call.opcode() == Opcodes.INVOKEVIRTUAL
                && call.name().equals("ordinal")
                && call.descriptor().equals("()I")
                && !call.owner().equals("java/lang/Enum");
    }

    private List<Instruction> resolve() {
        for (int i = 0; i < source.size(); i++) {
            if (isOrdinal(source.get(i)) && i + 1 < source.size() && source.get(i + 1) instanceof Switch jump) {
                result.set(i + 1, new EnumJump(((Call) source.get(i)).owner(), "", "", jump));
            } else if (isMap(source.get(i))) {
                resolveMap(i);
            }
        }
        List<Instruction> kept = new ArrayList<>(result.size());
        for (Instruction instruction : result) {
            if (instruction != null) {
                kept.add(instruction);
            }
        }
        return kept;
    }

    private static boolean isMap(Instruction instruction) {
        return instruction instanceof Field field
                && field.opcode() == Opcodes.GETSTATIC
                && field.descriptor().equals("[I")
                && field.name().startsWith(MAP_PREFIX);
    }

    private void resolveMap(int index) {
        int use = new StackUse(source, handlers, index).find();
        Field map = (Field) source.get(index);
        if (use < 0
                || !isOrdinal(source.get(use - 1))
                || use + 1 == source.size()
                || !(source.get(use + 1) instanceof Switch jump)) {
            return;
        }
        String enumName = ((Call) source.get(use - 1)).owner();
        if (map.name().equals(mapField(enumName))) {
            result.set(index, null);
            result.set(use, null);
            result.set(use + 1, new EnumJump(enumName, map.owner(), map.name(), jump));
        }
    }
}
