package dev.fleche.code;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/** An instruction of a method, with the names that it refers to. Immutable. */
sealed interface Instruction {

    /** The place of a label that a jump, a switch or the exception table names. */
    record Mark(Label label) implements Instruction {}

    /** An instruction without operands. */
    record Plain(int opcode) implements Instruction {

        private static final Plain[] ALL = new Plain[0xFF];

        static {
            for (int i = 0; i < ALL.length; i++) {
                ALL[i] = new Plain(i);
            }
        }

        static Plain of(int opcode) {
            return ALL[opcode];
        }

        static boolean is(Instruction instruction, int opcode) {
            return instruction instanceof Plain plain && plain.opcode == opcode;
        }
    }

    /** An instruction with a number: of a local variable, a small constant, a primitive array's type. */
    record WithInt(int opcode, int operand) implements Instruction {}

    /** An increment of a local variable. */
    record Increment(int variable, int amount) implements Instruction {}

    /** An instruction with a class: {@code new}, {@code checkcast}, {@code instanceof}, {@code anewarray}. */
    record WithType(int opcode, String type) implements Instruction {}

    /** Makes an array of arrays. */
    record NewArrays(String descriptor, int dimensions) implements Instruction {}

    /** Reads or writes a field. */
    record Field(int opcode, String owner, String name, String descriptor) implements Instruction {}

    /** Calls a method. */
    record Call(int opcode, String owner, String name, String descriptor, boolean ofInterface) implements Instruction {}

    /** Calls what a bootstrap method links. */
    record Dynamic(String name, String descriptor, Handle bootstrap, List<Object> arguments) implements Instruction {}

    /** Jumps, perhaps on a condition. */
    record Jump(int opcode, Label target) implements Instruction {}

    /**
     * Loads a constant: a boxed number, a string, a {@link Type}, a {@link Handle} or a {@link ConstantDynamic}.
     *
     * @param value the constant
     */
    record Constant(Object value) implements Instruction {}

    /** Jumps by a number; without the numbers that lead where all others lead. */
    record Switch(Label otherwise, SortedMap<Integer, Label> targets) implements Instruction {}

    /**
     * A switch over the constants of an enum, in place of that over the numbers that stand for them.
     *
     * @param enumName the internal name of the enum
     * @param mapOwner the class that maps constants to numbers; empty if the numbers are ordinals
     * @param mapField its field; empty if the numbers are ordinals
     * @param jump the switch over the numbers
     */
    record EnumJump(String enumName, String mapOwner, String mapField, Switch jump) implements Instruction {}

    /** An entry of the exception table; a null type catches everything. */
    record Handler(
            Label start, Label end, Label handler, @Nullable String type) {}
}
