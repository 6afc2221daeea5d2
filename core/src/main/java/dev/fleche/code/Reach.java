package dev.fleche.code;

import dev.fleche.code.Classes.Foreign;
import dev.fleche.code.Classes.Known;
import dev.fleche.code.Classes.Opaque;
import dev.fleche.code.Classes.User;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The search for all code that calls of a function can reach. Not thread-safe; used once.
 *
 * <p>It is a rapid type analysis: David F. Bacon and Peter F. Sweeney, <i>Fast static analysis of C++ virtual function
 * calls</i>, OOPSLA 1996, <a href="https://doi.org/10.1145/236337.236371">doi:10.1145/236337.236371</a>. A virtual call
 * reaches the methods of those classes alone of which there can be objects; so no class path is searched. We differ in
 * that objects may come in as arguments, that foreign code may call whatever overrides one of its methods, and that the
 * static initialiser of every class that is named counts.
 *
 * <p><b>Why it is complete.</b> Each of three sets only grows: methods reached, classes with objects, virtual calls. A
 * pair of a virtual call and a class is looked at when the second of the two is found, whichever that is: a call goes
 * through all classes so far, a class through all calls so far. A method's references are followed once, after it is
 * found. So at the end no rule is left that would add anything.
 */
final class Reach {

    private static final String INITIALISER = "<clinit>";
    private static final String NO_ARGUMENTS = "()V";

    /** What Java serialisation calls although it overrides nothing. */
    private static final List<MethodId> SERIAL_HOOKS = List.of(
            new MethodId("", "writeObject", "(Ljava/io/ObjectOutputStream;)V"),
            new MethodId("", "readObject", "(Ljava/io/ObjectInputStream;)V"),
            new MethodId("", "readObjectNoData", NO_ARGUMENTS),
            new MethodId("", "writeReplace", "()Ljava/lang/Object;"),
            new MethodId("", "readResolve", "()Ljava/lang/Object;"));

    private final Hierarchy hierarchy;
    private final ReachedParts parts;

    private final Set<MethodId> reached = new LinkedHashSet<>();
    private final Deque<MethodId> waiting = new ArrayDeque<>();
    private final Set<String> initialised = new LinkedHashSet<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final Set<String> instantiated = new LinkedHashSet<>();

    /** The classes of which there are objects, by each of their supertypes. */
    private final Map<String, Set<String>> subtypes = new HashMap<>();

    /** The signatures called on each type, and the method that each resolves to, if it is the user's. */
    private final Map<String, Map<String, VirtualCall>> calls = new HashMap<>();

    private record VirtualCall(
            String name, String descriptor, @Nullable MethodId resolved) {}

    private Reach(Classes classes, Roots roots) {
        hierarchy = new Hierarchy(classes);
        parts = new ReachedParts(classes, hierarchy, roots.libraries());
    }

    /** Returns the code that is reached from {@code roots}. */
    static ReachedCode from(Classes classes, Roots roots) {
        Reach reach = new Reach(classes, roots);
        MethodId root = reach.start(roots);
        reach.followAll();
        return reach.parts.finish(root, reach.reached);
    }

    /** Starts at the roots and returns the method that is the function's own. */
    private MethodId start(Roots roots) {
        if (roots.receiver() != null) {
            meet(roots.receiver());
        }
        for (String each : roots.met()) {
            meet(each);
        }
        for (Edge each : roots.functions()) {
            follow(new MethodId(each.owner(), each.name(), each.descriptor()), each);
        }
        for (String each : roots.dependencies()) {
            depend(each);
        }
        MethodId method = roots.method();
        List<MethodId> own = own(roots, method);
        reachAll(own);
        if (roots.isVirtual() && (roots.receiver() == null || own.isEmpty())) {
            virtual(method.owner(), method.name(), method.descriptor());
        }
        if (hierarchy.user(method.owner()) == null) {
            touch(method.owner());
        }
        // The class is not touched: its name would enter, and a function that is moved would lose its entries.
        initialise(method.owner());
        return own.isEmpty() ? method : own.get(0);
    }

    private List<MethodId> own(Roots roots, MethodId method) {
        List<MethodId> own = List.of();
        if (roots.receiver() != null && roots.isVirtual()) {
            List<MethodId> resolved = hierarchy.resolve(method.owner(), method.name(), method.descriptor());
            own = hierarchy.select(roots.receiver(), method.name(), method.descriptor(), first(resolved));
        }
        return own.isEmpty() ? hierarchy.resolve(method.owner(), method.name(), method.descriptor()) : own;
    }

    /** Reaches all methods of a class that is named since no analysis sees that they run. */
    private void depend(String name) {
        meet(name);
        ClassSummary type = hierarchy.user(name);
        if (type != null) {
            for (String signature : type.methods().keySet()) {
                if (!type.isLambdaBody(signature)) {
                    reach(id(name, signature));
                }
            }
        }
    }

    /** Takes note of an object that comes in, and of what its constructor has put into it unseen. */
    private void meet(String name) {
        touch(name);
        instantiate(name, false);
        ClassSummary type = hierarchy.user(name);
        if (type != null && !"java/lang/Record".equals(type.superName())) {
            reachConstructors(type);
        }
    }

    private void followAll() {
        for (MethodId next = waiting.poll(); next != null; next = waiting.poll()) {
            MethodSummary method = hierarchy.method(next);
            if (method != null) {
                follow(next, method);
            }
        }
    }

    private void follow(MethodId caller, MethodSummary method) {
        for (Edge edge : method.edges()) {
            follow(caller, edge);
        }
        for (EnumSwitch each : method.switches()) {
            touch(each.enumName());
            if (!each.mapOwner().isEmpty() && parts.text().isRaw(each)) {
                touch(each.mapOwner());
            }
        }
    }

    private void follow(MethodId caller, Edge edge) {
        String owner = edge.owner();
        touch(owner);
        switch (edge.kind()) {
            case CALL -> call(caller, edge);
            case VIRTUAL -> virtual(owner, edge.name(), edge.descriptor());
            case NEW -> instantiate(owner, true);
            case LITERAL -> reflect(owner);
            case FIELD -> field(edge);
            case DEPENDS -> depend(owner);
            case NAMED -> named(owner, edge.name());
            case TYPE -> {}
        }
    }

    /** Reaches the methods of this name that a look-up in a class may find, and what overrides them. */
    private void named(String owner, String name) {
        for (String each : hierarchy.supertypes(owner)) {
            ClassSummary type = hierarchy.user(each);
            if (type != null) {
                for (String signature : type.methods().keySet()) {
                    if (signature.startsWith(name + "(")) {
                        MethodId id = id(each, signature);
                        reach(id);
                        virtual(owner, name, id.descriptor());
                    }
                }
            }
        }
    }

    private void field(Edge edge) {
        parts.field(edge);
        String memo = MemoFields.signature(edge.name());
        for (String each : hierarchy.supertypes(edge.owner())) {
            ClassSummary type = hierarchy.user(each);
            if (type != null && type.methods().containsKey(memo)) {
                reach(id(each, memo));
            }
        }
    }

    private void call(MethodId caller, Edge edge) {
        reachAll(hierarchy.resolve(edge.owner(), edge.name(), edge.descriptor()));
        // The JVM looks for super.method() from the superclass on, even if an older compiler named one above that.
        ClassSummary type = hierarchy.user(caller.owner());
        String superName = type == null ? null : type.superName();
        if (superName != null
                && !edge.name().startsWith("<")
                && !edge.owner().equals(caller.owner())
                && !edge.owner().equals(superName)
                && hierarchy.supertypes(superName).contains(edge.owner())) {
            reachAll(hierarchy.resolve(superName, edge.name(), edge.descriptor()));
        }
    }

    private void virtual(String owner, String name, String descriptor) {
        Map<String, VirtualCall> known = calls.get(owner);
        if (known == null) {
            known = new LinkedHashMap<>();
            calls.put(owner, known);
        }
        if (known.containsKey(name + descriptor)) {
            return;
        }
        List<MethodId> resolved = hierarchy.resolve(owner, name, descriptor);
        VirtualCall call = new VirtualCall(name, descriptor, first(resolved));
        known.put(name + descriptor, call);
        reachAll(resolved);
        for (String type : subtypes.getOrDefault(owner, Set.of())) {
            reachAll(hierarchy.select(type, name, descriptor, call.resolved()));
        }
    }

    /** Takes note that there are objects of a class. */
    private void instantiate(String name, boolean byCode) {
        ClassSummary type = hierarchy.user(name);
        if (type == null) {
            return;
        }
        if (byCode) {
            parts.made(type);
        }
        if (!instantiated.add(name)) {
            return;
        }
        if (Hierarchy.isEnum(type)) {
            // Enum.valueOf, EnumMap and their like ask the class for its constants, which calls this.
            reachAll(hierarchy.resolve(name, "values", "()[L" + name + ";"));
        }
        List<Set<String>> outside = hierarchy.callableFromOutside(name);
        for (String supertype : hierarchy.supertypes(name)) {
            addSubtype(supertype, name);
            for (VirtualCall call : calls.getOrDefault(supertype, Map.of()).values()) {
                reachAll(hierarchy.select(name, call.name(), call.descriptor(), call.resolved()));
            }
            ClassSummary declaring = hierarchy.user(supertype);
            if (declaring != null) {
                reachFromOutside(name, declaring, outside);
            }
        }
    }

    private void addSubtype(String supertype, String name) {
        Set<String> known = subtypes.get(supertype);
        if (known == null) {
            known = new LinkedHashSet<>();
            subtypes.put(supertype, known);
        }
        known.add(name);
    }

    /** Reaches what foreign code may call on objects of class {@code name}, of what {@code declaring} declares. */
    private void reachFromOutside(String name, ClassSummary declaring, @Nullable List<Set<String>> callable) {
        for (String signature : declaring.methods().keySet()) {
            if (isCalled(signature, callable) && isNamed(declaring, signature)) {
                MethodId id = id(declaring.name(), signature);
                reachAll(hierarchy.select(name, id.name(), id.descriptor(), null));
            }
        }
        for (MethodId hook : SERIAL_HOOKS) {
            if (declaring.methods().containsKey(hook.signature())) {
                reach(new MethodId(declaring.name(), hook.name(), hook.descriptor()));
            }
        }
    }

    private static boolean isCalled(String signature, @Nullable List<Set<String>> callable) {
        if (callable == null) {
            return true;
        }
        for (Set<String> each : callable) {
            if (each.contains(signature)) {
                return true;
            }
        }
        return false;
    }

    /** Takes note that there is a class object, of which reflection may make instances. */
    private void reflect(String name) {
        instantiate(name, true);
        ClassSummary type = hierarchy.user(name);
        if (type != null) {
            reachConstructors(type);
            reachMemos(type);
        }
    }

    private void reachMemos(ClassSummary type) {
        for (String signature : type.methods().keySet()) {
            if (MemoFields.isField(signature)) {
                reach(id(type.name(), signature));
            }
        }
    }

    private void reachConstructors(ClassSummary type) {
        for (String signature : type.methods().keySet()) {
            if (signature.startsWith("<init>")) {
                reach(id(type.name(), signature));
            }
        }
    }

    /** Takes note that code names a class. */
    private void touch(String name) {
        if (!touched.add(name)) {
            return;
        }
        Known known = hierarchy.find(name);
        if (known instanceof User user) {
            ClassSummary type = user.summary();
            parts.type(type);
            initialise(name);
            if (type.superName() != null) {
                touch(type.superName());
            }
            for (String each : type.interfaces()) {
                touch(each);
            }
        } else if (known instanceof Opaque opaque) {
            parts.opaque(name, opaque);
        } else if (known instanceof Foreign foreign) {
            parts.library(foreign);
        }
    }

    /** Reaches what runs before a class is used. */
    private void initialise(String name) {
        for (String each : hierarchy.supertypes(name)) {
            if (!initialised.add(each)) {
                continue;
            }
            MethodId initialiser = new MethodId(each, INITIALISER, NO_ARGUMENTS);
            if (hierarchy.method(initialiser) != null) {
                reach(initialiser);
            } else if (hierarchy.find(each) instanceof Opaque) {
                touch(each);
            }
        }
    }

    private void reachAll(Collection<MethodId> methods) {
        for (MethodId each : methods) {
            reach(each);
        }
    }

    private void reach(MethodId method) {
        if (reached.add(method)) {
            waiting.add(method);
        }
    }

    private static boolean isNamed(ClassSummary declaring, String signature) {
        return !signature.startsWith("<") && !declaring.isLambdaBody(signature);
    }

    private static @Nullable MethodId first(List<MethodId> methods) {
        return methods.isEmpty() ? null : methods.get(0);
    }

    private static MethodId id(String owner, String signature) {
        int open = signature.indexOf('(');
        return new MethodId(owner, signature.substring(0, open), signature.substring(open));
    }
}
