package dev.fleche.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/**
 * The static fields of a class to which its initialiser assigns memos of ours.
 *
 * <p>To declare a memo runs nothing: its function counts for those who name the field. Otherwise the functions of a
 * class that has several memos would each depend on all others by the initialiser. Only the very instructions are taken
 * that make a memo of a reference without captured values, with or without options, and assign it at once. Stateless.
 */
final class MemoFields {

    private static final String OWN = ownPackage();
    private static final String PREFIX = "<memo>";
    private static final Set<Integer> ARRAY_FILLING = Set.of(
            Opcodes.ICONST_0,
            Opcodes.ICONST_1,
            Opcodes.ICONST_2,
            Opcodes.ICONST_3,
            Opcodes.ICONST_4,
            Opcodes.ICONST_5,
            Opcodes.DUP,
            Opcodes.AASTORE);

    private MemoFields() {}

    private static String ownPackage() {
        String name = MemoFields.class.getName().replace('.', '/');
        String code = name.substring(0, name.lastIndexOf('/'));
        return code.substring(0, code.lastIndexOf('/') + 1);
    }

    /** Returns the signature under which a class has what the memo in a field refers to. */
    static String signature(String field) {
        return PREFIX + field + "()V";
    }

    /** Returns whether a signature is that of a field. */
    static boolean isField(String signature) {
        return signature.startsWith(PREFIX);
    }

    /** Returns the fields by the place of the instruction that makes the reference; the assignment's place too. */
    static Map<Integer, String> in(MethodCode code) {
        if (!code.id().name().equals("<clinit>")) {
            return Map.of();
        }
        Map<Integer, String> fields = new HashMap<>();
        List<Instruction> all = code.instructions();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Instruction.Dynamic dynamic && isReference(dynamic)) {
                int end = assignment(all, i + 1);
                if (end > 0
                        && all.get(end) instanceof Instruction.Field field
                        && isMemo(field, code.id().owner())) {
                    fields.put(i, field.name());
                    fields.put(end, field.name());
                }
            }
        }
        return fields;
    }

    private static boolean isReference(Instruction.Dynamic dynamic) {
        return Lambdas.isFactory(dynamic.bootstrap()) && dynamic.descriptor().matches("\\(\\)L" + OWN + "Fn[0-8];");
    }

    /** Returns the place of the assignment; 0 if there is none. */
    private static int assignment(List<Instruction> all, int start) {
        int i = start;
        while (i < all.size() && isOptions(all.get(i))) {
            i++;
        }
        boolean made = i + 1 < all.size()
                && all.get(i) instanceof Instruction.Call call
                && call.opcode() == Opcodes.INVOKESTATIC
                && call.owner().equals(OWN + "Fleche")
                && call.name().equals("of");
        return made ? i + 1 : 0;
    }

    private static boolean isOptions(Instruction instruction) {
        if (instruction instanceof Instruction.Plain plain) {
            return ARRAY_FILLING.contains(plain.opcode());
        }
        if (instruction instanceof Instruction.Constant constant) {
            return constant.value() instanceof String;
        }
        if (instruction instanceof Instruction.WithType type) {
            return type.opcode() == Opcodes.ANEWARRAY && type.type().equals(OWN + "Option");
        }
        return instruction instanceof Instruction.Call call
                && call.opcode() == Opcodes.INVOKESTATIC
                && call.owner().equals(OWN + "Option");
    }

    private static boolean isMemo(Instruction.Field field, String owner) {
        return field.opcode() == Opcodes.PUTSTATIC
                && field.owner().equals(owner)
                && field.descriptor().startsWith("L" + OWN + "Memo");
    }
}
