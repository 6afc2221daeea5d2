package dev.fleche.code;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The entry to the analysis of functions. Safe for use by several threads. */
public final class FunctionCodes {

    /** An analysis goes with the class whose function it is of. */
    private static final ClassValue<ConcurrentMap<FunctionCode.Scope, FunctionCode>> SHARED = new ClassValue<>() {
        @Override
        protected ConcurrentMap<FunctionCode.Scope, FunctionCode> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private FunctionCodes() {}

    /**
     * Returns the code of a function, which is the same for all who ask for the same. Nothing is analysed before it is
     * asked for.
     *
     * <p>It keeps the class loader of the function alive, and no other.
     */
    public static FunctionCode of(FunctionCode.Scope scope) {
        Objects.requireNonNull(scope, "scope");
        Class<?> function = scope.executable().getDeclaringClass();
        Set<ClassLoader> loaders = withParents(function.getClassLoader());
        if (!areFrom(loaders, scope.dependencies()) || !areFrom(loaders, scope.userCode())) {
            // what names classes that may be unloaded before the function's must not be kept by it
            return new AnalysedFunction(scope, new Seen(scope));
        }
        ConcurrentMap<FunctionCode.Scope, FunctionCode> shared = SHARED.get(function);
        FunctionCode known = shared.get(scope);
        if (known == null) {
            FunctionCode made = new AnalysedFunction(scope, new Seen(scope));
            FunctionCode other = shared.putIfAbsent(scope, made);
            known = other == null ? made : other;
        }
        return known;
    }

    private static boolean areFrom(Set<ClassLoader> loaders, List<Class<?>> classes) {
        for (Class<?> each : classes) {
            if (each.getClassLoader() != null && !loaders.contains(each.getClassLoader())) {
                return false;
            }
        }
        return true;
    }

    /** What the function of a scope sees. */
    private record Seen(FunctionCode.Scope scope) implements AnalysedFunction.ClassesWith {

        @Override
        public Classes and(Collection<Class<?>> others) {
            Class<?> function = scope.executable().getDeclaringClass();
            return LoadedClasses.of(function, scope.userCode()).and(others);
        }
    }

    private static Set<ClassLoader> withParents(@Nullable ClassLoader loader) {
        Set<ClassLoader> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            all.add(each);
        }
        return all;
    }
}
