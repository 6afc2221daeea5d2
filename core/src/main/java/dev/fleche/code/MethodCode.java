package dev.fleche.code;

import dev.fleche.code.Instruction.Handler;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * A method as its class file has it, without what only debuggers and verifiers read.
 *
 * @param id the method
 * @param access its access flags
 * @param version the version that its {@code @Memoized} states; empty for none
 * @param dependencies the internal names of the classes that its {@code @DependsOn} names
 * @param instructions its instructions and the places of the labels that are used; none if it is abstract or native
 * @param handlers its exception table
 * @param labels the labels that are used, numbered by their place
 */
record MethodCode(
        MethodId id,
        int access,
        String version,
        List<String> dependencies,
        List<Instruction> instructions,
        List<Handler> handlers,
        Map<Label, Integer> labels) {

    private static final String LAMBDA = "lambda$";
    private static final String DESERIALIZER = "$deserializeLambda$";

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    /** Returns whether a method is by name and flags the body of a lambda. */
    static boolean isLambdaBody(int access, String name) {
        int flags = Opcodes.ACC_SYNTHETIC | Opcodes.ACC_PRIVATE;
        return (access & flags) == flags && name.contains(LAMBDA);
    }

    /** Returns whether this is by name and flags the body of a lambda. */
    boolean isLambdaBody() {
        return isLambdaBody(access, id.name());
    }

    /** Returns whether this makes lambdas anew when they are deserialised; it names each by its number. */
    boolean isLambdaDeserializer() {
        return is(Opcodes.ACC_SYNTHETIC) && is(Opcodes.ACC_STATIC) && id.name().equals(DESERIALIZER);
    }

    /** Returns the number of a label by its place; -1 if it has no place. */
    int number(Label label) {
        return labels.getOrDefault(label, -1);
    }
}
