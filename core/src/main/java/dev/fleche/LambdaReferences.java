package dev.fleche;

import dev.fleche.annotation.Memoized;
import dev.fleche.digest.FunctionId;
import dev.fleche.digest.FunctionReference;
import dev.fleche.digest.FunctionReferences;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The recognition of method references among the values that are digested.
 *
 * <p>A method reference is known by the method it names and by what it captured. The interfaces that it implements
 * count too: their default methods may differ. Stateless.
 */
final class LambdaReferences implements FunctionReferences {

    @Override
    public Optional<FunctionReference> find(Object value) {
        Class<?> type = value.getClass();
        if (!type.isSynthetic()) {
            return Optional.empty();
        }
        Reference reference = value instanceof Serializable function ? read(function) : null;
        if (reference != null) {
            return Optional.of(describe(reference, type));
        }
        if (type.isHidden() && type.getName().contains("$$Lambda")) {
            throw new UndigestibleException("a lambda or method reference of " + names(type)
                    + ", which is not serializable, does not tell its method; pass a method reference typed as a"
                    + " serializable interface, such as Fn1, or a memo");
        }
        return Optional.empty();
    }

    private static @Nullable Reference read(Serializable function) {
        try {
            return Reference.find(function);
        } catch (IllegalArgumentException e) {
            throw new UndigestibleException(String.valueOf(e.getMessage()), e);
        }
    }

    private static FunctionReference describe(Reference reference, Class<?> type) {
        Reference.Target target = reference.target();
        Executable method = target.executable();
        if (target.isLambda() || method.getDeclaringClass().isAnonymousClass()) {
            throw new UndigestibleException("the function " + target.label() + " (" + names(type)
                    + ") has no name that lasts; pass a method reference Type::method, or a memo named by Option.name");
        }
        FunctionId id = new FunctionId(
                method.getDeclaringClass().getName(),
                target.methodName(),
                Arrays.stream(method.getParameterTypes()).map(Class::getName).toList());
        List<@Nullable Object> captured = new ArrayList<>();
        captured.add(interfaces(type));
        captured.addAll(reference.captured());
        Memoized annotation = method.getAnnotation(Memoized.class);
        String version = annotation == null || annotation.version().isBlank() ? null : annotation.version();
        return new FunctionReference(id, version, null, captured);
    }

    /**
     * Returns the interfaces that say what the function can do, in the order of their names.
     *
     * <p>Compilers differ in whether they list what follows from another interface.
     */
    private static List<Class<?>> interfaces(Class<?> type) {
        List<Class<?>> all = List.of(type.getInterfaces());
        return all.stream()
                .filter(each -> each != Serializable.class)
                .filter(each -> all.stream().noneMatch(other -> other != each && each.isAssignableFrom(other)))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static String names(Class<?> type) {
        return interfaces(type).stream().map(Class::getName).collect(Collectors.joining(" & "));
    }
}
