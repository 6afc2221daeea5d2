package dev.fleche;

import dev.fleche.digest.FunctionReference;
import dev.fleche.digest.FunctionReferences;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The recognition of method references among the values that are digested.
 *
 * <p>A method reference is known by the method it names, a lambda by the class that contains it and by its code; both
 * by what they captured, too. The interfaces that they implement count as well: their default methods may differ. Safe
 * for use by several threads.
 */
final class LambdaReferences implements FunctionReferences {

    private static final ClassValue<AtomicReference<@Nullable CodeIdentity>> IDENTITIES = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable CodeIdentity> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

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
        CodeIdentity identity = identity(target, type);
        List<@Nullable Object> captured = new ArrayList<>();
        captured.add(interfaces(type));
        captured.addAll(reference.captured());
        Object receiver = target.hasReceiver()
                        && !target.isLambda()
                        && !reference.captured().isEmpty()
                ? reference.captured().get(0)
                : null;
        Class<?> receiverType = receiver == null ? null : receiver.getClass();
        return new FunctionReference(
                identity.id(), identity.version(), met -> identity.keyed(receiverType, met), identity.root(), captured);
    }

    private static CodeIdentity identity(Reference.Target target, Class<?> type) {
        AtomicReference<@Nullable CodeIdentity> known = IDENTITIES.get(type);
        CodeIdentity found = known.get();
        if (found == null) {
            found = newIdentity(target, type);
            known.set(found);
        }
        return found;
    }

    private static CodeIdentity newIdentity(Reference.Target target, Class<?> type) {
        Executable method = target.executable();
        boolean isOfJdk = isOfJdk(method.getDeclaringClass());
        if (target.isLambda() ? isOfJdk : method.getDeclaringClass().isAnonymousClass()) {
            throw new UndigestibleException("the function " + target.label() + " (" + names(type)
                    + ") has no name that lasts; pass a method reference Type::method, or a memo named by Option.name");
        }
        Settings settings = Settings.of(method);
        CodeSettings code = isOfJdk ? CodeSettings.NO_CODE : settings.code();
        return new CodeIdentity(target.id(target.owner(), null), settings.version(), code, method, target.isLambda());
    }

    /** The code of the Java platform is known by its version, which takes no part in keys. */
    private static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
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
