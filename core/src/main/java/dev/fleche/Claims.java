package dev.fleche;

import dev.fleche.digest.FunctionId;
import java.lang.reflect.Executable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The function ids in use in this process, each with the one method that it stands for.
 *
 * <p>Kept per class that the id names, and so per class loader. Safe for use by several threads.
 */
final class Claims {

    /** Strings only: a class of a longer-lived loader must not hold on to our classes through its claims. */
    private static final ClassValue<ConcurrentMap<String, String>> BY_OWNER = new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, String> computeValue(Class<?> owner) {
            return new ConcurrentHashMap<>();
        }
    };

    private Claims() {}

    /**
     * Takes {@code id} for a function; the same function may take it again.
     *
     * @throws IllegalStateException if another function has it
     */
    static void claim(Class<?> owner, FunctionId id, Executable function) {
        claim(owner, id, function.toString());
    }

    /**
     * Takes {@code id} for one of the lambdas that share it: those of a class that have no name.
     *
     * @throws IllegalStateException if a function with a name has it
     */
    static void claimNameless(Class<?> owner, FunctionId id) {
        claim(owner, id, "lambdas without a name");
    }

    private static void claim(Class<?> owner, FunctionId id, String claimant) {
        String holder = BY_OWNER.get(owner).putIfAbsent(id.toString(), claimant);
        if (holder != null && !holder.equals(claimant)) {
            throw new IllegalStateException("two functions claim the id " + id + ": " + holder + " and " + claimant
                    + "; give one of them another Option.name");
        }
    }
}
