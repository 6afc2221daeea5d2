package dev.fleche.code;

import dev.fleche.code.Instruction.Field;
import dev.fleche.code.Instruction.WithInt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;

/**
 * Orders the stores by which constructors of inner and anonymous classes begin, before that of the superclass.
 *
 * <p>There they keep the outer object and captured variables, in an order that differs between compilers. The stores go
 * from variables to fields of the new object, each to another field, so their order cannot be seen.
 */
final class CapturedStores {

    private static final int STORE = 3;

    private CapturedStores() {}

    /** Returns the instructions of a constructor with such stores at their start in the order of the fields' names. */
    static List<Instruction> sorted(MethodId constructor, List<Instruction> instructions) {
        Map<String, List<Instruction>> stores = new TreeMap<>();
        Set<String> names = new HashSet<>();
        int end = 0;
        while (end + STORE <= instructions.size()) {
            List<Instruction> store = instructions.subList(end, end + STORE);
            if (!isStore(constructor, store) || !names.add(((Field) store.get(2)).name())) {
                break;
            }
            stores.put(((Field) store.get(2)).name(), store);
            end += STORE;
        }
        if (stores.size() < 2) {
            return instructions;
        }
        List<Instruction> sorted = new ArrayList<>(instructions.size());
        for (List<Instruction> store : stores.values()) {
            sorted.addAll(store);
        }
        sorted.addAll(instructions.subList(end, instructions.size()));
        return sorted;
    }

    private static boolean isStore(MethodId constructor, List<Instruction> store) {
        return store.get(0) instanceof WithInt self
                && self.opcode() == Opcodes.ALOAD
                && self.operand() == 0
                && store.get(1) instanceof WithInt load
                && load.opcode() >= Opcodes.ILOAD
                && load.opcode() <= Opcodes.ALOAD
                && load.operand() > 0
                && store.get(2) instanceof Field field
                && field.opcode() == Opcodes.PUTFIELD
                && field.owner().equals(constructor.owner());
    }
}
