package dev.fleche;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * A method reference that captures nothing, by the names that identify it in the class that contains it.
 *
 * <p>What follows from the other names is not written: the interface from the number of arguments, and most often the
 * types from the method.
 *
 * @param home the class that contains it
 * @param kind the kind of its method, as {@link MethodHandleInfo} counts
 * @param owner the internal name of the method's class; empty if that is {@code home}
 * @param method the method's name
 * @param signature the method's descriptor
 * @param types the types with which it is used; empty if they are those of the method
 */
record FlatReference(Class<?> home, int kind, String owner, String method, String signature, String types) {

    private static final String INTERFACES = "dev/fleche/Fn";

    /**
     * Returns the names of {@code function}, or null if it captured something or a compiler named it in its own way.
     */
    static @Nullable FlatReference find(Serializable function, int arity) {
        SerializedLambda lambda = LambdaReader.read(function);
        if (lambda == null || lambda.getCapturedArgCount() > 0) {
            return null;
        }
        Class<?> home = home(lambda, function.getClass().getClassLoader());
        if (home == null) {
            return null;
        }
        String owner = lambda.getImplClass();
        String types = lambda.getInstantiatedMethodType();
        FlatReference found = new FlatReference(
                home,
                lambda.getImplMethodKind(),
                owner.equals(internalName(home)) ? "" : owner,
                lambda.getImplMethodName(),
                lambda.getImplMethodSignature(),
                types);
        if (!isSame(found.toLambda(arity), lambda)) {
            return null;
        }
        return types.equals(found.ownTypes()) ? found.withoutTypes() : found;
    }

    private static @Nullable Class<?> home(SerializedLambda lambda, @Nullable ClassLoader loader) {
        try {
            return Class.forName(lambda.getCapturingClass().replace('/', '.'), false, loader);
        } catch (ClassNotFoundException e) {
            // a class that its own loader does not find; the JDK's form is all there is
            return null;
        }
    }

    private static boolean isSame(SerializedLambda made, SerializedLambda given) {
        return made.getFunctionalInterfaceClass().equals(given.getFunctionalInterfaceClass())
                && made.getFunctionalInterfaceMethodName().equals(given.getFunctionalInterfaceMethodName())
                && made.getFunctionalInterfaceMethodSignature().equals(given.getFunctionalInterfaceMethodSignature());
    }

    private FlatReference withoutTypes() {
        return new FlatReference(home, kind, owner, method, signature, "");
    }

    static FlatReference read(FlatReader in, Class<?> home) {
        return new FlatReference(home, in.readByte(), in.readText(), in.readText(), in.readText(), in.readText());
    }

    void write(FlatWriter out) {
        out.writeByte(kind);
        out.writeText(owner);
        out.writeText(method);
        out.writeText(signature);
        out.writeText(types);
    }

    /**
     * Returns the reference itself.
     *
     * @throws IllegalArgumentException if {@code home} does not contain it
     */
    Serializable rebuild(int arity) {
        return LambdaRebuilder.rebuild(toLambda(arity), home);
    }

    /** Returns the types with which the reference is used. */
    String typesOrOwn() {
        return types.isEmpty() ? ownTypes() : types;
    }

    private SerializedLambda toLambda(int arity) {
        MethodType erased = MethodType.genericMethodType(arity);
        return new SerializedLambda(
                home,
                INTERFACES + arity,
                "call",
                erased.toMethodDescriptorString(),
                kind,
                ownerName(),
                method,
                signature,
                typesOrOwn(),
                new Object[0]);
    }

    private String ownerName() {
        return owner.isEmpty() ? internalName(home) : owner;
    }

    /** Returns the types of the method, in boxes, with the receiver before them and what a constructor makes after. */
    private String ownTypes() {
        StringBuilder own = new StringBuilder("(");
        int close = signature.lastIndexOf(')');
        if (kind != MethodHandleInfo.REF_invokeStatic && kind != MethodHandleInfo.REF_newInvokeSpecial) {
            own.append('L').append(ownerName()).append(';');
        }
        int from = 1;
        while (from < close) {
            int to = endOfType(from);
            own.append(boxed(signature.substring(from, to)));
            from = to;
        }
        own.append(')');
        return own.append(
                        kind == MethodHandleInfo.REF_newInvokeSpecial
                                ? "L" + ownerName() + ";"
                                : boxed(signature.substring(close + 1)))
                .toString();
    }

    private int endOfType(int from) {
        int at = from;
        while (signature.charAt(at) == '[') {
            at++;
        }
        int semicolon = signature.charAt(at) == 'L' ? signature.indexOf(';', at) : at;
        if (semicolon < 0) {
            throw new IllegalArgumentException("expected the types of a method, found \"" + signature + "\"");
        }
        return semicolon + 1;
    }

    private static String boxed(String type) {
        String name = switch (type) {
            case "Z" -> "Boolean";
            case "B" -> "Byte";
            case "S" -> "Short";
            case "C" -> "Character";
            case "I" -> "Integer";
            case "J" -> "Long";
            case "F" -> "Float";
            case "D" -> "Double";
            default -> "";
        };
        return name.isEmpty() ? type : "Ljava/lang/" + name + ";";
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
