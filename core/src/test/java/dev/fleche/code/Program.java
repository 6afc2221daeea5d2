package dev.fleche.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** A program written down as summaries. Not thread-safe. */
final class Program implements Classes {

    static final Set<String> OBJECT =
            Set.of("toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z");

    private final Map<String, Known> classes = new HashMap<>();

    Program() {
        foreign("java/lang/Object", null);
    }

    /** Adds a class and returns it to be filled. */
    Type type(String name) {
        return new Type(name);
    }

    /**
     * Adds a class of a library, or of the JDK if that is null, and what can be overridden besides Object's methods.
     */
    Program foreign(String name, @Nullable Library library, String... overridable) {
        Set<String> all = new java.util.HashSet<>(OBJECT);
        all.addAll(List.of(overridable));
        classes.put(name, new Foreign(library, all));
        return this;
    }

    Program with(String name, Known known) {
        classes.put(name, known);
        return this;
    }

    @Override
    public Known find(String name) {
        Known found = classes.get(name);
        return found == null ? new Opaque(name + " is not on the class path", "absent") : found;
    }

    @Override
    public String sourceDigest(String name) {
        return "source of " + name;
    }

    static Edge call(String owner, String signature) {
        return edge(Edge.Kind.CALL, owner, signature);
    }

    static Edge virtual(String owner, String signature) {
        return edge(Edge.Kind.VIRTUAL, owner, signature);
    }

    static Edge make(String owner) {
        return new Edge(Edge.Kind.NEW, owner, "", "");
    }

    static Edge literal(String owner) {
        return new Edge(Edge.Kind.LITERAL, owner, "", "");
    }

    static Edge sought(String owner, String name) {
        return new Edge(Edge.Kind.NAMED, owner, name, "");
    }

    static Edge typed(String owner) {
        return new Edge(Edge.Kind.TYPE, owner, "", "");
    }

    static Edge field(String owner, String name, String descriptor) {
        return new Edge(Edge.Kind.FIELD, owner, name, descriptor);
    }

    private static Edge edge(Edge.Kind kind, String owner, String signature) {
        int open = signature.indexOf('(');
        return new Edge(kind, owner, signature.substring(0, open), signature.substring(open));
    }

    /** A class that is being written. */
    final class Type {

        private final String name;
        private int access = Opcodes.ACC_PUBLIC;
        private String superName = "java/lang/Object";
        private List<String> interfaces = List.of();
        private final Map<String, MethodSummary> methods = new TreeMap<>();
        private final Map<String, String> constants = new TreeMap<>();
        private List<String> enumConstants = List.of();
        private final Map<String, Map<Integer, String>> switchMaps = new TreeMap<>();

        private Type(String name) {
            this.name = name;
            put();
        }

        Type isInterface() {
            access |= Opcodes.ACC_INTERFACE;
            return put();
        }

        Type extending(String superclass) {
            superName = superclass;
            return put();
        }

        Type implementing(String... all) {
            interfaces = List.of(all);
            return put();
        }

        Type constants(String... all) {
            enumConstants = List.of(all);
            return put();
        }

        Type constant(String field, String value) {
            constants.put(field, value);
            return put();
        }

        Type switchMap(String field, Map<Integer, String> labels) {
            switchMaps.put(field, labels);
            return put();
        }

        Type method(String signature, Edge... edges) {
            return method(Opcodes.ACC_PUBLIC, signature, edges);
        }

        Type method(int flags, String signature, Edge... edges) {
            return method(flags, signature, "text", List.of(), edges);
        }

        Type method(int flags, String signature, String text, List<EnumSwitch> switches, Edge... edges) {
            methods.put(
                    signature,
                    new MethodSummary(flags, new Sha256Text().add(text).digest(), List.of(edges), switches));
            return put();
        }

        private Type put() {
            classes.put(
                    name,
                    new User(new ClassSummary(
                            name,
                            access,
                            superName,
                            interfaces,
                            "",
                            new TreeMap<>(methods),
                            new TreeMap<>(constants),
                            new ArrayList<>(enumConstants),
                            new TreeMap<>(switchMaps))));
            return this;
        }

        Program end() {
            return Program.this;
        }
    }
}
