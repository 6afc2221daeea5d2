package dev.fleche.code;

import dev.fleche.digest.MetCode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * The code of a function, analysed with the class files that its class loader finds.
 *
 * <p>Two threads that ask for the same at once may both analyse; nothing is locked meanwhile. What is kept of the
 * classes that are asked with are names, and numbers of class loaders that the function's does not know.
 */
final class AnalysedFunction implements FunctionCode {

    /** More combinations of classes than a function meets; a limit of memory. */
    private static final int MAX_KNOWN = 1024;

    private static final Map<ClassLoader, Long> LOADERS = Collections.synchronizedMap(new WeakHashMap<>());
    private static final AtomicLong NEXT_LOADER = new AtomicLong();

    private final Scope scope;
    private final ClassesWith files;
    private final Class<?> declaring;
    private final MethodId method;
    private final boolean isVirtual;
    private final AtomicReference<@Nullable Classes> home = new AtomicReference<>();

    /** The one that was asked for longest ago first; used under its own lock. */
    private final Map<Asked, ReachedCode> known = new LinkedHashMap<>(16, 0.75f, true);

    /** What reached code was found in, where that is more than what the function sees. */
    private final Map<ReachedCode, Classes> elsewhere = Collections.synchronizedMap(new IdentityHashMap<>());

    private final ClassValue<Met> seen = new ClassValue<>() {
        @Override
        protected Met computeValue(Class<?> type) {
            return look(type);
        }
    };

    /** The classes that a function sees. */
    interface ClassesWith {

        /** Returns those, and those that {@code others} see, whose objects the function gets. */
        Classes and(Collection<Class<?>> others);
    }

    /** What an analysis depends on: names of classes, and the numbers of loaders that the function's does not know. */
    private record Asked(@Nullable String receiver, Set<String> met, Set<Edge> functions, Set<Long> loaders) {

        // written out: the methods that a record has by itself are linked at run time, which a first call would wait
        // for

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Asked asked
                    && Objects.equals(receiver, asked.receiver)
                    && met.equals(asked.met)
                    && functions.equals(asked.functions)
                    && loaders.equals(asked.loaders);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Objects.hashCode(receiver) + met.hashCode()) + loaders.hashCode();
        }
    }

    /**
     * What is kept of a class that was met.
     *
     * @param receiver its name as that of a receiver; null if the declaring class counts
     * @param names the names of those of its classes that count
     * @param loaders the numbers of their loaders where these find other classes than the function's
     */
    private record Met(@Nullable String receiver, Set<String> names, Set<Long> loaders) {

        static final Met NOTHING = new Met(null, Set.of(), Set.of());
    }

    AnalysedFunction(Scope scope, ClassesWith files) {
        this.scope = scope;
        this.files = files;
        Executable executable = scope.executable();
        declaring = executable.getDeclaringClass();
        method = id(executable);
        isVirtual = isVirtual(executable);
    }

    @Override
    public ReachedCode reached(@Nullable Class<?> receiver, MetCode met) {
        Met self = receiver == null ? Met.NOTHING : seen.get(receiver);
        Set<String> names = self.names();
        Set<Long> loaders = self.loaders();
        for (Class<?> each : met.classes()) {
            Met found = seen.get(each);
            names = union(names, found.names());
            loaders = union(loaders, found.loaders());
        }
        Set<Edge> functions = met.functions().isEmpty() ? Set.of() : new HashSet<>();
        for (Executable each : met.functions()) {
            loaders = union(loaders, seen.get(each.getDeclaringClass()).loaders());
            functions.addAll(edges(each));
        }
        Asked asked = new Asked(self.receiver(), names, functions, loaders);
        ReachedCode reached;
        synchronized (known) {
            reached = known.get(asked);
        }
        return reached == null ? analyse(asked, receiver, met) : reached;
    }

    private static List<Edge> edges(Executable function) {
        MethodId id = id(function);
        if (function instanceof Method) {
            Edge.Kind kind = isVirtual(function) ? Edge.Kind.VIRTUAL : Edge.Kind.CALL;
            return List.of(new Edge(kind, id.owner(), id.name(), id.descriptor()));
        }
        return List.of(
                new Edge(Edge.Kind.NEW, id.owner(), "", ""),
                new Edge(Edge.Kind.CALL, id.owner(), id.name(), id.descriptor()));
    }

    private static MethodId id(Executable executable) {
        String owner = GeneratedClasses.internalName(executable.getDeclaringClass());
        return executable instanceof Method named
                ? new MethodId(owner, named.getName(), Type.getMethodDescriptor(named))
                : new MethodId(owner, "<init>", Type.getConstructorDescriptor((Constructor<?>) executable));
    }

    private static boolean isVirtual(Executable executable) {
        int fixed = Modifier.STATIC | Modifier.PRIVATE;
        return executable instanceof Method && (executable.getModifiers() & fixed) == 0;
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        if (other.isEmpty() || one.equals(other)) {
            return one;
        }
        if (one.isEmpty()) {
            return other;
        }
        Set<T> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private ReachedCode analyse(Asked asked, @Nullable Class<?> receiver, MetCode met) {
        Classes classes = home();
        if (!asked.loaders().isEmpty()) {
            Set<Class<?>> guests = new HashSet<>(met.classes());
            for (Executable each : met.functions()) {
                guests.add(each.getDeclaringClass());
            }
            if (receiver != null) {
                guests.add(receiver);
            }
            classes = files.and(withDependencies(GeneratedClasses.behind(guests)));
        }
        Set<String> objects = new TreeSet<>(asked.met());
        if (!Modifier.isStatic(scope.executable().getModifiers()) && asked.receiver() == null) {
            objects.add(method.owner());
        }
        List<String> dependencies = new ArrayList<>();
        for (Class<?> each : scope.dependencies()) {
            dependencies.add(GeneratedClasses.internalName(each));
        }
        Roots roots = new Roots(
                method, isVirtual, asked.receiver(), objects, asked.functions(), dependencies, scope.libraries());
        ReachedCode reached = Reach.from(classes, roots);
        classes.keep();
        return keep(asked, reached, classes);
    }

    private ReachedCode keep(Asked asked, ReachedCode reached, Classes classes) {
        synchronized (known) {
            ReachedCode other = known.putIfAbsent(asked, reached);
            if (other != null) {
                return other;
            }
            if (classes != home()) {
                elsewhere.put(reached, classes);
            }
            if (known.size() > MAX_KNOWN) {
                Iterator<ReachedCode> oldest = known.values().iterator();
                elsewhere.remove(oldest.next());
                oldest.remove();
            }
        }
        return reached;
    }

    @Override
    public boolean isLoaded(ReachedCode reached) {
        List<String> names = new ArrayList<>();
        for (CodeManifest.Entry entry : reached.all().entries()) {
            if (entry.kind() == CodeManifest.Kind.CLASS) {
                names.add(entry.name().replace('.', '/'));
            }
        }
        return elsewhere.getOrDefault(reached, home()).areLoaded(names) && home().areLoaded(List.of(method.owner()));
    }

    private Classes home() {
        Classes found = home.get();
        if (found == null) {
            Classes made = files.and(scope.dependencies());
            Classes other = home.compareAndExchange(null, made);
            found = other == null ? made : other;
        }
        return found;
    }

    private List<Class<?>> withDependencies(Collection<Class<?>> classes) {
        List<Class<?>> all = new ArrayList<>(scope.dependencies());
        all.addAll(classes);
        return all;
    }

    private Met look(Class<?> type) {
        Class<?> self = GeneratedClasses.first(type);
        Set<String> names = new TreeSet<>();
        Set<Long> loaders = new TreeSet<>();
        for (Class<?> each : GeneratedClasses.behind(Set.of(type))) {
            ClassLoader loader = each.getClassLoader();
            if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
                continue;
            }
            boolean visible = isVisible(each);
            if (!visible) {
                loaders.add(LOADERS.computeIfAbsent(loader, any -> NEXT_LOADER.getAndIncrement()));
            }
            if (!visible || counts(GeneratedClasses.internalName(each))) {
                names.add(GeneratedClasses.internalName(each));
            }
        }
        String receiver =
                self == null || !declaring.isAssignableFrom(self) ? null : GeneratedClasses.internalName(self);
        return new Met(receiver, Set.copyOf(names), Set.copyOf(loaders));
    }

    /** Returns whether the class that the function's loader finds by that name is that class. */
    private boolean isVisible(Class<?> type) {
        ClassLoader loader = declaring.getClassLoader();
        if (type.getClassLoader() == loader) {
            return true;
        }
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private boolean counts(String name) {
        return !(home().find(name) instanceof Classes.Foreign foreign)
                || (scope.libraries() && foreign.library() != null);
    }
}
