package dev.fleche;

import dev.fleche.digest.FunctionId;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A method reference or lambda: the method behind it, and what it captured.
 *
 * <p>Immutable, but for the captured objects themselves.
 *
 * @param target what all instances of the lambda's class have in common
 * @param captured what it captured in order, the receiver of a bound reference first; any of them may be null
 */
record Reference(Target target, List<@Nullable Object> captured) {

    /** What stands for the name of a lambda that was given none. */
    private static final String NAMELESS = "lambda";

    private static final ClassValue<AtomicReference<@Nullable Target>> TARGETS = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable Target> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    /**
     * The method behind a reference, and how it is seen through it.
     *
     * @param executable the method or constructor, in the class that declares it
     * @param isLambda whether the compiler made the method, so that its name says nothing
     * @param hasReceiver whether the first input, captured or not, is the method's receiver
     * @param interfaceName the name of the functional interface
     * @param instantiated the types with which the interface's method is used
     * @param capturesNothing whether all instances are alike
     * @param loader the class loader of the class that contains the reference
     */
    record Target(
            Executable executable,
            boolean isLambda,
            boolean hasReceiver,
            String interfaceName,
            MethodType instantiated,
            boolean capturesNothing,
            @Nullable ClassLoader loader) {

        /** Returns class and method, for messages. */
        String label() {
            return executable.getDeclaringClass().getName() + "." + methodName();
        }

        /**
         * Returns the class whose name is part of the id: the one that declares the method or contains the lambda.
         *
         * <p>For what has a name of its own inside an anonymous class, it is the class around.
         */
        Class<?> owner() {
            Class<?> owner = executable.getDeclaringClass();
            while (owner.isAnonymousClass()) {
                owner = Objects.requireNonNull(owner.getEnclosingClass());
            }
            return owner;
        }

        /** Returns the id under a name of its own, or else the method's; all lambdas without one have the same. */
        FunctionId id(Class<?> owner, @Nullable String name) {
            Class<?>[] types = isLambda ? instantiated.parameterArray() : executable.getParameterTypes();
            String own = isLambda ? NAMELESS : methodName();
            return new FunctionId(
                    owner.getName(),
                    name == null ? own : name,
                    Arrays.stream(types).map(Class::getName).toList());
        }

        /** Returns the method's name, {@code <init>} for a constructor. */
        String methodName() {
            return executable instanceof Method method ? method.getName() : MethodResolution.CONSTRUCTOR;
        }
    }

    /**
     * Returns the reference that {@code function} is.
     *
     * @throws IllegalArgumentException if it is anything but a lambda or method reference
     */
    static Reference of(@Nullable Serializable function) {
        Reference found = function == null ? null : find(function);
        if (found == null) {
            throw new IllegalArgumentException("expected a method reference, found " + describe(function)
                    + "; write the function as a method and pass it as Type::method");
        }
        return found;
    }

    /** Returns the reference that {@code function} is, or null if it is neither a lambda nor a method reference. */
    static @Nullable Reference find(Serializable function) {
        AtomicReference<@Nullable Target> known =
                function.getClass().isSynthetic() ? TARGETS.get(function.getClass()) : new AtomicReference<>();
        Target target = known.get();
        if (target != null && target.capturesNothing()) {
            return new Reference(target, List.of());
        }
        SerializedLambda lambda = LambdaReader.read(function);
        if (lambda == null) {
            return null;
        }
        if (target == null) {
            target = target(lambda, function.getClass().getClassLoader());
            known.set(target);
        }
        List<@Nullable Object> captured = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            captured.add(lambda.getCapturedArg(i));
        }
        return new Reference(target, Collections.unmodifiableList(captured));
    }

    private static Target target(SerializedLambda lambda, @Nullable ClassLoader loader) {
        String className = lambda.getImplClass().replace('/', '.');
        String name = lambda.getImplMethodName();
        try {
            Class<?> owner = Class.forName(className, false, loader);
            MethodType type =
                    MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), owner.getClassLoader());
            Executable executable = MethodResolution.resolve(owner, name, type);
            if (executable == null) {
                throw new NoSuchMethodException(className + "." + name + type);
            }
            return new Target(
                    executable,
                    isLambda(executable),
                    hasReceiver(lambda.getImplMethodKind()),
                    lambda.getFunctionalInterfaceClass().replace('/', '.'),
                    MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader),
                    lambda.getCapturedArgCount() == 0,
                    loader);
        } catch (ReflectiveOperationException | TypeNotPresentException | LinkageError e) {
            throw new IllegalArgumentException(
                    "expected a reference to a method that can be found by name, found " + className + "." + name + ": "
                            + e + "; pass a reference to a method of an ordinary class",
                    e);
        }
    }

    private static boolean hasReceiver(int kind) {
        return kind != MethodHandleInfo.REF_invokeStatic && kind != MethodHandleInfo.REF_newInvokeSpecial;
    }

    /**
     * Returns whether a compiler made up the method, for a lambda or for a reference that needs one.
     *
     * <p>The Kotlin compiler does not mark them as synthetic, hence the look at the name.
     */
    private static boolean isLambda(Executable executable) {
        boolean bridge = executable instanceof Method method && method.isBridge();
        return (executable.isSynthetic() && !bridge) || executable.getName().contains("lambda$");
    }

    private static String describe(@Nullable Serializable function) {
        if (function == null) {
            return "null";
        }
        Class<?> type = function.getClass();
        return type.isAnonymousClass()
                ? "the anonymous class " + type.getName() + ", which has no name that lasts"
                : "an object of class " + type.getName();
    }
}
