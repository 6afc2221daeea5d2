package dev.fleche.code;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Type;

/**
 * Collects the methods that a method names by a class and a string, as look-ups of method handles and reflection do.
 *
 * <p>A name counts for the class that stands before it; where the method looks anything up, every name counts for every
 * class. Not thread-safe; confined to one reading.
 */
final class NamedMethods {

    private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";

    private final Set<String> classes = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<Edge> found = new LinkedHashSet<>();
    private boolean searches;

    /** Takes note of what a method, or the body of a lambda in it, names. */
    void add(MethodCode code) {
        String owner = "";
        for (Instruction instruction : code.instructions()) {
            String before = owner;
            owner = "";
            if (instruction instanceof Instruction.Constant constant) {
                if (constant.value() instanceof Type type && type.getSort() == Type.OBJECT) {
                    owner = type.getInternalName();
                    classes.add(owner);
                } else if (constant.value() instanceof String name && isName(name)) {
                    names.add(name);
                    add(before, name);
                }
            } else if (instruction instanceof Instruction.Call call) {
                add(call, code);
            }
        }
    }

    private void add(Instruction.Call call, MethodCode code) {
        boolean lookup = call.owner().equals(LOOKUP);
        if (lookup && call.name().equals("lookupClass")) {
            classes.add(code.id().owner());
        }
        searches |= lookup && (call.name().startsWith("find") || call.name().equals("bind"));
        searches |= call.owner().equals("java/lang/Class")
                && (call.name().equals("getMethod") || call.name().equals("getDeclaredMethod"));
    }

    private void add(String owner, String name) {
        // only the platform defines such classes
        if (!owner.isEmpty() && !owner.startsWith("java/")) {
            found.add(new Edge(Edge.Kind.NAMED, owner, name, ""));
        }
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isJavaIdentifierPart);
    }

    List<Edge> edges() {
        if (searches) {
            classes.forEach(owner -> names.forEach(name -> add(owner, name)));
        }
        return List.copyOf(found);
    }
}
