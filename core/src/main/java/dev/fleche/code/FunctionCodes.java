package dev.fleche.code;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
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
        boolean goesFirst = Stream.concat(scope.dependencies().stream(), scope.userCode().stream())
                .map(Class::getClassLoader)
                .anyMatch(loader -> loader != null && !loaders.contains(loader));
        // what names classes that may be unloaded before the function's must not be kept by it
        return goesFirst ? analysed(scope) : SHARED.get(function).computeIfAbsent(scope, FunctionCodes::analysed);
    }

    private static FunctionCode analysed(FunctionCode.Scope scope) {
        Class<?> function = scope.executable().getDeclaringClass();
        return new AnalysedFunction(
                scope, others -> LoadedClasses.of(function, scope.userCode()).and(others));
    }

    private static Set<ClassLoader> withParents(@Nullable ClassLoader loader) {
        Set<ClassLoader> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            all.add(each);
        }
        return all;
    }
}
