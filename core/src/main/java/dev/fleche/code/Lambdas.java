package dev.fleche.code;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;

/**
 * The bodies of lambdas of one class, which stand in the texts of the methods that make them.
 *
 * <p>A body that contains itself, or too many others, does not stand in others: it counts as a method with a name.
 * Immutable.
 */
final class Lambdas {

    /** The argument of the bootstrap method that is the body. */
    static final int BODY = 1;

    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    /** Bodies within a body, those within these counted too; compilers make no more than the source has lambdas. */
    private static final int MAX_SIZE = 10_000;

    private final Map<String, MethodCode> methods;
    private final Map<String, Integer> sizes = new HashMap<>();
    private final Set<String> apart = new HashSet<>();

    private Lambdas(Map<String, MethodCode> methods) {
        this.methods = methods;
    }

    /** Returns those among {@code methods}, the methods of a class by signature. */
    static Lambdas of(Map<String, MethodCode> methods) {
        Lambdas lambdas = new Lambdas(methods);
        for (MethodCode method : methods.values()) {
            if (method.isLambdaBody()) {
                lambdas.measure(method);
            }
        }
        return lambdas;
    }

    /** Returns the body that stands for the lambda that an instruction makes; null if it makes none of this class. */
    @Nullable
    MethodCode body(MethodCode in, Instruction.Dynamic instruction) {
        MethodCode body = candidate(in, instruction);
        return body == null || apart.contains(body.id().signature()) ? null : body;
    }

    /** Returns whether a bootstrap method makes lambdas and method references. */
    static boolean isFactory(Handle bootstrap) {
        return bootstrap.getOwner().equals(FACTORY)
                && (bootstrap.getName().equals("metafactory")
                        || bootstrap.getName().equals("altMetafactory"));
    }

    private @Nullable MethodCode candidate(MethodCode in, Instruction.Dynamic instruction) {
        List<Object> arguments = instruction.arguments();
        if (!isFactory(instruction.bootstrap())
                || arguments.size() < 3
                || !(arguments.get(BODY) instanceof Handle handle)
                || !handle.getOwner().equals(in.id().owner())) {
            return null;
        }
        MethodCode method = methods.get(handle.getName().concat(handle.getDesc()));
        return method != null && method.isLambdaBody() ? method : null;
    }

    private int measure(MethodCode body) {
        String signature = body.id().signature();
        Integer known = sizes.get(signature);
        if (known != null) {
            if (known == 0) {
                apart.add(signature);
            }
            return known;
        }
        sizes.put(signature, 0);
        int size = 1;
        for (Instruction instruction : body.instructions()) {
            if (instruction instanceof Instruction.Dynamic dynamic) {
                MethodCode inner = candidate(body, dynamic);
                size += inner == null ? 0 : measure(inner);
                size = Math.min(size, MAX_SIZE);
            }
        }
        if (size == MAX_SIZE) {
            apart.add(signature);
        }
        sizes.put(signature, size);
        return size;
    }
}
