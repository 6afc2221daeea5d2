package dev.fleche.code;

import dev.fleche.code.Instruction.Call;
import dev.fleche.code.Instruction.Constant;
import dev.fleche.code.Instruction.Field;
import dev.fleche.code.Instruction.Handler;
import dev.fleche.code.Instruction.Jump;
import dev.fleche.code.Instruction.Mark;
import dev.fleche.code.Instruction.Plain;
import dev.fleche.code.Instruction.WithInt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Reads the initialiser of a class that a compiler made for switches over enums.
 *
 * <p>For each map it makes an array as long as {@code values()}, and for each constant, catching NoSuchFieldError,
 * stores a number at the constant's ordinal. One instruction that differs, and the class is read as any other.
 */
final class SwitchMaps {

    private final MethodCode code;
    private final Map<String, Map<Integer, String>> maps = new TreeMap<>();
    private int next;
    private int stores;

    private SwitchMaps(MethodCode code) {
        this.code = code;
    }

    /**
     * Returns the constant of each number for each field of a class; none if {@code initialiser} does anything else.
     */
    static Map<String, Map<Integer, String>> of(int access, @Nullable MethodCode initialiser) {
        if ((access & Opcodes.ACC_SYNTHETIC) == 0 || initialiser == null) {
            return Map.of();
        }
        SwitchMaps reader = new SwitchMaps(initialiser);
        return reader.isRead() ? reader.maps : Map.of();
    }

    private boolean isRead() {
        while (!plain(Opcodes.RETURN)) {
            if (!readMap()) {
                return false;
            }
        }
        return next == code.instructions().size() && stores == code.handlers().size();
    }

    private boolean readMap() {
        Call values = take(Call.class);
        if (values == null || !isValues(values) || !plain(Opcodes.ARRAYLENGTH)) {
            return false;
        }
        WithInt array = take(WithInt.class);
        Field field = take(Field.class);
        if (array == null
                || array.opcode() != Opcodes.NEWARRAY
                || array.operand() != Opcodes.T_INT
                || field == null
                || field.opcode() != Opcodes.PUTSTATIC
                || !field.owner().equals(code.id().owner())
                || !field.name().equals(EnumJumps.mapField(values.owner()))
                || !field.descriptor().equals("[I")) {
            return false;
        }
        Map<Integer, String> labels = new LinkedHashMap<>();
        while (isLoad(next + 1, field.name())) {
            if (!readStore(field.name(), values.owner(), labels)) {
                return false;
            }
        }
        return maps.put(field.name(), labels) == null;
    }

    private boolean isLoad(int index, String map) {
        return index < code.instructions().size()
                && code.instructions().get(index) instanceof Field field
                && field.opcode() == Opcodes.GETSTATIC
                && field.owner().equals(code.id().owner())
                && field.name().equals(map)
                && field.descriptor().equals("[I");
    }

    private static boolean isValues(Call call) {
        return call.opcode() == Opcodes.INVOKESTATIC
                && call.name().equals("values")
                && call.descriptor().equals("()[L".concat(call.owner()).concat(";"));
    }

    /** Reads {@code try { map[E.C.ordinal()] = n; } catch (NoSuchFieldError e) {}}. */
    private boolean readStore(String map, String enumName, Map<Integer, String> labels) {
        Label start = mark();
        if (start == null || !isLoad(next++, map)) {
            return false;
        }
        Field constant = take(Field.class);
        Call ordinal = take(Call.class);
        Optional<Integer> number = number();
        return constant != null
                && constant.opcode() == Opcodes.GETSTATIC
                && constant.owner().equals(enumName)
                && constant.descriptor().equals("L".concat(enumName).concat(";"))
                && ordinal != null
                && EnumJumps.isOrdinal(ordinal)
                && ordinal.owner().equals(enumName)
                && number.isPresent()
                && plain(Opcodes.IASTORE)
                && readCatch(start)
                && labels.put(number.get(), constant.name()) == null;
    }

    private boolean readCatch(Label start) {
        Label end = mark();
        Jump jump = take(Jump.class);
        Label handler = mark();
        WithInt store = take(WithInt.class);
        Label after = mark();
        if (end == null
                || jump == null
                || jump.opcode() != Opcodes.GOTO
                || handler == null
                || store == null
                || store.opcode() != Opcodes.ASTORE
                || jump.target() != after
                || stores == code.handlers().size()) {
            return false;
        }
        // before the next store, the label is its start too
        next -= next < code.instructions().size() && code.instructions().get(next) instanceof Field ? 1 : 0;
        Handler entry = code.handlers().get(stores++);
        return entry.start() == start
                && entry.end() == end
                && entry.handler() == handler
                && "java/lang/NoSuchFieldError".equals(entry.type());
    }

    private Optional<Integer> number() {
        if (next == code.instructions().size()) {
            return Optional.empty();
        }
        Instruction instruction = code.instructions().get(next++);
        if (instruction instanceof Plain plain
                && plain.opcode() >= Opcodes.ICONST_1
                && plain.opcode() <= Opcodes.ICONST_5) {
            return Optional.of(plain.opcode() - Opcodes.ICONST_0);
        }
        if (instruction instanceof WithInt push
                && (push.opcode() == Opcodes.BIPUSH || push.opcode() == Opcodes.SIPUSH)) {
            return Optional.of(push.operand());
        }
        return instruction instanceof Constant constant && constant.value() instanceof Integer large
                ? Optional.of(large)
                : Optional.empty();
    }

    private @Nullable Label mark() {
        Mark mark = take(Mark.class);
        return mark == null ? null : mark.label();
    }

    private boolean plain(int opcode) {
        List<Instruction> all = code.instructions();
        boolean found = next < all.size() && Plain.is(all.get(next), opcode);
        next += found ? 1 : 0;
        return found;
    }

    private <T extends Instruction> @Nullable T take(Class<T> type) {
        if (next < code.instructions().size()
                && type.isInstance(code.instructions().get(next))) {
            return type.cast(code.instructions().get(next++));
        }
        return null;
    }
}
