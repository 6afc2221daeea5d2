package dev.fleche.code;

import dev.fleche.code.Classes.Foreign;
import dev.fleche.code.Classes.Opaque;
import dev.fleche.code.Classes.User;
import dev.fleche.code.CodeManifest.Kind;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * What is told of the code that a search reaches, while it reaches it. Not thread-safe; confined to one analysis.
 *
 * <p>What the analysis cannot look into is entered as a part of its own, and told in a warning.
 */
final class ReachedParts {

    private final Classes classes;
    private final Hierarchy hierarchy;
    private final boolean libraries;
    private final FinalText text;
    private final Parts all = new Parts();
    private final Parts own = new Parts();
    private final SortedSet<String> data = new TreeSet<>();
    private final SortedSet<String> warnings = new TreeSet<>();

    ReachedParts(Classes classes, Hierarchy hierarchy, boolean libraries) {
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.libraries = libraries;
        this.text = new FinalText(hierarchy);
    }

    /** Returns what makes the final texts of methods. */
    FinalText text() {
        return text;
    }

    /** Adds a class of the user that code names. */
    void type(ClassSummary type) {
        StringBuilder content = new StringBuilder(kind(type));
        if (type.superName() != null && !type.superName().equals("java/lang/Object")) {
            content.append(" extends ").append(ReadableNames.type(type.superName()));
        }
        String separator = " implements ";
        for (String each : type.interfaces()) {
            content.append(separator).append(ReadableNames.type(each));
            separator = ", ";
        }
        if (!type.declarations().isEmpty()) {
            content.append(" with ").append(type.declarations());
        }
        all.addBrief(Kind.CLASS, ReadableNames.type(type.name()), content.toString());
    }

    private static String kind(ClassSummary type) {
        if ((type.access() & Opcodes.ACC_ANNOTATION) != 0) {
            return "annotation";
        }
        if (Hierarchy.isInterface(type)) {
            return "interface";
        }
        return (type.access() & Opcodes.ACC_ENUM) != 0 ? "enum" : "class";
    }

    /** Adds a class that cannot be looked into. */
    void opaque(String name, Opaque opaque) {
        addOpaque(all, name, opaque);
    }

    private void addOpaque(Parts parts, String name, Opaque opaque) {
        parts.addBrief(Kind.OPAQUE, ReadableNames.type(name), opaque.substitute());
        if (!opaque.substitute().equals(Classes.ABSENT)) {
            warnings.add(opaque.reason() + consequence(ReadableNames.type(name), opaque));
        }
    }

    private static String consequence(String name, Opaque opaque) {
        return opaque.substitute().equals(ThisProcess.NUMBER)
                ? ": results are found again in this process alone; let its class loader find its class file, or take"
                        + " CodeKey.NONE and a version"
                : ": its code counts as changed whenever anything in the jar or directory of " + name + " is";
    }

    /** Adds a class of a library. */
    void library(Foreign foreign) {
        if (libraries && foreign.library() != null) {
            all.addBrief(
                    Kind.LIBRARY, foreign.library().name(), foreign.library().version());
        }
    }

    /** Adds the constants that a reference to a static field may mean. */
    void field(Edge edge) {
        addConstants(all, edge);
    }

    private void addConstants(Parts parts, Edge edge) {
        for (String each : hierarchy.supertypes(edge.owner())) {
            ClassSummary type = hierarchy.user(each);
            String value = type == null ? null : type.constants().get(edge.name() + ":" + edge.descriptor());
            if (value != null) {
                parts.addBrief(Kind.CONSTANT, ReadableNames.type(each) + "." + edge.name(), value);
            }
        }
    }

    /** Takes note that code makes objects of a class. */
    void made(ClassSummary type) {
        if ("java/lang/Record".equals(type.superName()) || "java/lang/Enum".equals(type.superName())) {
            data.add(ReadableNames.type(type.name()));
        }
    }

    /** Returns all parts, given the function's own method and all methods reached. */
    ReachedCode finish(MethodId root, Collection<MethodId> reached) {
        int methods = 1;
        for (MethodId each : reached) {
            MethodSummary method = hierarchy.method(each);
            if (method != null && !each.equals(root) && !MemoFields.isField(each.name())) {
                addMethod(all, Kind.METHOD, each, method);
                methods++;
            }
        }
        addRoot(all, root);
        addRoot(own, root);
        return new ReachedCode(all.manifest(), own.manifest(), methods, List.copyOf(data), List.copyOf(warnings));
    }

    private void addRoot(Parts parts, MethodId root) {
        MethodSummary method = hierarchy.method(root);
        if (method != null) {
            addMethod(parts, Kind.ROOT, root, method);
            for (Edge each : method.edges()) {
                if (each.kind() == Edge.Kind.FIELD) {
                    addConstants(parts, each);
                }
            }
        } else if (hierarchy.find(root.owner()) instanceof Opaque opaque) {
            parts.add(Kind.ROOT, "", "opaque");
            addOpaque(parts, root.owner(), opaque);
        } else if (hierarchy.find(root.owner()) instanceof User) {
            parts.add(Kind.ROOT, "", "missing");
            addSource(
                    parts, root, null, "is not in the class file of its class, which an agent may have changed since");
        } else {
            parts.add(Kind.ROOT, "", "foreign");
        }
    }

    private void addMethod(Parts parts, Kind kind, MethodId id, MethodSummary method) {
        String name = kind == Kind.ROOT ? "" : name(id);
        parts.add(kind, name, text.of(method).toString());
        if ((method.access() & Opcodes.ACC_NATIVE) != 0) {
            addSource(parts, id, method, "is native");
        }
    }

    private void addSource(Parts parts, MethodId id, @Nullable MethodSummary method, String reason) {
        String name = method == null ? ReadableNames.type(id.owner()) + "." + id.signature() : name(id);
        parts.addBrief(Kind.OPAQUE, name, classes.sourceDigest(id.owner()));
        warnings.add(name + " " + reason + ": its code counts as changed whenever anything in the jar or directory of "
                + ReadableNames.type(id.owner())
                + " is, and what lies elsewhere is not seen; raise the function's version when that changes");
    }

    private String name(MethodId id) {
        ClassSummary declaring = hierarchy.user(id.owner());
        if (declaring != null && declaring.isLambdaBody(id.signature())) {
            // its name is a number that moves
            return ReadableNames.type(id.owner()) + ".lambda";
        }
        return declaring == null
                ? ReadableNames.type(id.owner()) + "." + id.signature()
                : ReadableNames.method(id, declaring);
    }
}
