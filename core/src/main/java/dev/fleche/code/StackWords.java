package dev.fleche.code;

/**
 * The words that instructions take from the stack and put there, as the Java Virtual Machine Specification has them.
 */
final class StackWords {

    /** By opcode; a dot where operands decide, or the instruction jumps. */
    private static final String POPS = "0000000000000000000..00000....................2222"
            + "222212121....................343433331212323422424"
            + "24242424242424241212232323242424011122211122211142"
            + "244..................................0111.1111...."
            + "..";

    private static final String PUSHES = "0111111112211122111..12121....................1212"
            + "111100000....................000000000023445621212"
            + "12121212121212121212121212121212021211212212111111"
            + "111..................................1111.1100...."
            + "..";

    private StackWords() {}

    /** Returns the number of words popped; negative if the opcode alone does not tell. */
    static int pops(int opcode) {
        return opcode < POPS.length() ? POPS.charAt(opcode) - '0' : -1;
    }

    /** Returns the number of words pushed; negative if the opcode alone does not tell. */
    static int pushes(int opcode) {
        return opcode < PUSHES.length() ? PUSHES.charAt(opcode) - '0' : -1;
    }
}
