package dev.fleche.code;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The names of classes and methods for people, which tell each from all others. Stateless. */
final class ReadableNames {

    private ReadableNames() {}

    /** Returns the binary name of a class. */
    static String type(String internalName) {
        return internalName.replace('/', '.');
    }

    /**
     * Returns class, name and parameter types of a method: {@code com.acme.Lattice.energy(double)}.
     *
     * <p>Where these do not tell one method of the class from another, the type of the result follows the name of the
     * one that the compiler made.
     */
    static String method(MethodId id, ClassSummary declaring) {
        String parameters = parameters(id.descriptor());
        String name = type(id.owner()) + "." + id.name() + parameters;
        return isAmbiguous(id, declaring)
                ? name + ": " + Type.getReturnType(id.descriptor()).getClassName()
                : name;
    }

    private static String parameters(String descriptor) {
        StringBuilder types = new StringBuilder("(");
        for (Type type : Type.getArgumentTypes(descriptor)) {
            types.append(types.length() == 1 ? "" : ",").append(type.getClassName());
        }
        return types.append(')').toString();
    }

    private static boolean isAmbiguous(MethodId id, ClassSummary declaring) {
        String same = id.name() + id.descriptor().substring(0, id.descriptor().lastIndexOf(')') + 1);
        MethodSummary method = declaring.methods().get(id.signature());
        boolean bridge = method != null && isBridge(method);
        for (Map.Entry<String, MethodSummary> other : declaring.methods().entrySet()) {
            if (other.getKey().startsWith(same)
                    && !other.getKey().equals(id.signature())
                    && (bridge || !isBridge(other.getValue()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBridge(MethodSummary method) {
        return (method.access() & Opcodes.ACC_BRIDGE) != 0;
    }

    /** Returns a method's name without packages: {@code Lattice.energy(double)}; a field's too. */
    static String shortMethod(String name) {
        int open = name.indexOf('(');
        String path = open < 0 ? name : name.substring(0, open);
        int dot = path.lastIndexOf('.');
        String owner = simple(dot < 0 ? "" : path.substring(0, dot));
        String parameters = open < 0 ? "" : name.substring(open);
        String member = path.substring(dot + 1);
        return switch (member) {
            case "<init>" -> "the constructor " + owner + simpleTypes(parameters);
            case "<clinit>" -> "the static initialiser of " + owner;
            default -> (owner.isEmpty() ? "" : owner + ".") + member + simpleTypes(parameters);
        };
    }

    /** Returns the package of a method that has the name {@code method}. */
    static String packageOf(String method) {
        int open = method.indexOf('(');
        String path = open < 0 ? method : method.substring(0, open);
        return beforeLastDot(beforeLastDot(path));
    }

    private static String beforeLastDot(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Returns a class's name without its package. */
    static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String simpleTypes(String parameters) {
        int close = parameters.indexOf(')');
        if (close < 0) {
            return parameters;
        }
        return List.of(parameters.substring(1, close).split(",", -1)).stream()
                .map(ReadableNames::simple)
                .collect(Collectors.joining(",", "(", ")"));
    }
}
