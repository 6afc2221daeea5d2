package dev.fleche.code;

import dev.fleche.code.Classes.Foreign;
import dev.fleche.code.Classes.Known;
import dev.fleche.code.Classes.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * The supertypes and methods of the classes that an analysis meets. Not thread-safe; confined to one analysis.
 *
 * <p>What the JVM would find depends on classes that cannot be seen here: those of libraries. Where they leave a doubt,
 * all methods that may be found are returned.
 */
final class Hierarchy {

    private static final int NEITHER = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;
    private static final int WIDE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

    private final Classes classes;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, Set<String>> supertypes = new HashMap<>();
    private final Map<String, List<ClassSummary>> superclasses = new HashMap<>();

    Hierarchy(Classes classes) {
        this.classes = classes;
    }

    /** Returns what is known of a class. */
    Known find(String name) {
        Known found = known.get(name);
        if (found == null) {
            found = classes.find(name);
            known.put(name, found);
        }
        return found;
    }

    /** Returns a class of the user; null if it is anything else. */
    @Nullable
    ClassSummary user(@Nullable String name) {
        return name != null && find(name) instanceof User user ? user.summary() : null;
    }

    /** Returns a method of a user's class; null if that class does not declare it. */
    @Nullable
    MethodSummary method(MethodId id) {
        ClassSummary type = user(id.owner());
        return type == null ? null : type.methods().get(id.signature());
    }

    /** Returns the class itself and all its supertypes, as far as user classes name them. */
    Set<String> supertypes(String name) {
        Set<String> found = supertypes.get(name);
        if (found == null) {
            found = new LinkedHashSet<>();
            addSupertypes(name, found);
            supertypes.put(name, found);
        }
        return found;
    }

    private void addSupertypes(String name, Set<String> found) {
        ClassSummary type = found.add(name) ? user(name) : null;
        if (type == null) {
            return;
        }
        if (type.superName() != null) {
            addSupertypes(type.superName(), found);
        }
        for (String each : type.interfaces()) {
            addSupertypes(each, found);
        }
    }

    /** Returns the class itself and its superclasses, up to the first that is not the user's. */
    List<ClassSummary> superclasses(String name) {
        List<ClassSummary> chain = superclasses.get(name);
        if (chain == null) {
            chain = chain(name);
            superclasses.put(name, chain);
        }
        return chain;
    }

    private List<ClassSummary> chain(String name) {
        List<ClassSummary> chain = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        ClassSummary type = user(name);
        while (type != null && seen.add(type.name())) {
            chain.add(type);
            type = user(type.superName());
        }
        return chain;
    }

    /**
     * Returns the method that a reference to {@code owner} means: the class's, a superclass's, or those of interfaces.
     *
     * <p>Empty if it is not a user's.
     */
    List<MethodId> resolve(String owner, String name, String descriptor) {
        String signature = name + descriptor;
        for (ClassSummary type : superclasses(owner)) {
            if (type.methods().containsKey(signature)) {
                return List.of(new MethodId(type.name(), name, descriptor));
            }
            if (name.startsWith("<")) {
                return List.of();
            }
        }
        return ofInterfaces(owner, name, descriptor);
    }

    /**
     * Returns the methods that may run when one with this signature is called on an object of class {@code type}.
     *
     * <p>A method that is visible in its package alone overrides only there; so where the called method is such a one,
     * or one on the way up is, the superclasses' methods are returned too.
     *
     * @param called the method that the call resolves to; null if it is not a user's
     */
    List<MethodId> select(String type, String name, String descriptor, @Nullable MethodId called) {
        MethodSummary resolved = called == null ? null : method(called);
        boolean everywhere = resolved == null || (resolved.access() & WIDE) != 0;
        List<MethodId> found = new ArrayList<>();
        for (ClassSummary each : superclasses(type)) {
            MethodSummary method = each.methods().get(name + descriptor);
            if (method == null || (method.access() & NEITHER) != 0) {
                continue;
            }
            found.add(new MethodId(each.name(), name, descriptor));
            if (everywhere && (method.access() & WIDE) != 0) {
                return found;
            }
        }
        found.addAll(ofInterfaces(type, name, descriptor));
        return found;
    }

    private List<MethodId> ofInterfaces(String type, String name, String descriptor) {
        List<String> declaring = new ArrayList<>();
        for (String each : supertypes(type)) {
            ClassSummary summary = user(each);
            if (summary != null && isInterface(summary)) {
                MethodSummary method = summary.methods().get(name + descriptor);
                if (method != null && (method.access() & NEITHER) == 0) {
                    declaring.add(each);
                }
            }
        }
        List<MethodId> found = new ArrayList<>();
        for (String each : declaring) {
            if (!isOverridden(each, declaring)) {
                found.add(new MethodId(each, name, descriptor));
            }
        }
        return found;
    }

    private boolean isOverridden(String type, List<String> declaring) {
        for (String other : declaring) {
            if (!other.equals(type) && supertypes(other).contains(type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the signatures of the methods that code which is not the user's may call on objects of a class.
     *
     * @return sets which together are all; null if any method may be called
     */
    @Nullable
    List<Set<String>> callableFromOutside(String type) {
        List<Set<String>> all = new ArrayList<>();
        for (String each : supertypes(type)) {
            Known found = find(each);
            if (found instanceof Foreign foreign && foreign.overridable() != null) {
                all.add(foreign.overridable());
            } else if (!(found instanceof User)) {
                return null;
            }
        }
        return all;
    }

    static boolean isEnum(ClassSummary type) {
        return (type.access() & Opcodes.ACC_ENUM) != 0;
    }

    static boolean isInterface(ClassSummary type) {
        return (type.access() & Opcodes.ACC_INTERFACE) != 0;
    }
}
