package dev.fleche.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * The lookups that named modules granted, so that their records can be read.
 *
 * <p>Safe for use by several threads.
 */
public final class Access {

    private static final Map<Module, Lookup> GRANTED = Collections.synchronizedMap(new WeakHashMap<>());

    private Access() {}

    /**
     * Lets records of the lookup's module be read and constructed, whatever the module opens.
     *
     * @throws IllegalArgumentException if {@code lookup} lacks full access to its module
     */
    public static void grant(Lookup lookup) {
        Objects.requireNonNull(lookup, "lookup");
        if (!lookup.hasFullPrivilegeAccess()) {
            throw new IllegalArgumentException("expected the result of MethodHandles.lookup(), found a lookup in "
                    + lookup.lookupClass().getName() + " without full access; call MethodHandles.lookup() in a class"
                    + " of the module and pass its result as it is");
        }
        GRANTED.put(lookup.lookupClass().getModule(), lookup);
    }

    /** Returns a lookup with private access to {@code type}. */
    static Lookup in(Class<?> type) throws IllegalAccessException {
        Lookup granted = GRANTED.get(type.getModule());
        return MethodHandles.privateLookupIn(type, granted != null ? granted : MethodHandles.lookup());
    }
}
