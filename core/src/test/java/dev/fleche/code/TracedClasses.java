package dev.fleche.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Class files that note which of their methods are entered. */
final class TracedClasses {

    private final Map<String, byte[]> traced = new TreeMap<>();
    private final List<MethodId> methods = new ArrayList<>();

    /** Rewrites {@code files}, given by internal name. */
    TracedClasses(Map<String, byte[]> files) {
        files.forEach((name, file) -> {
            traced.put(name, Rewriting.traced(file, methods.size()));
            methods.addAll(Rewriting.bodies(file));
        });
    }

    /** What is to be done with freshly loaded classes. */
    interface Use {
        /** Makes what is needed, and returns what is to be traced. */
        EntryTrace.Body prepare(ClassLoader loader) throws Throwable;
    }

    /** Returns the methods that are entered, class initialisers included, when {@code use} is made of the classes. */
    Set<MethodId> entered(Use use, long limitNanos) {
        BytesLoader loader = new BytesLoader(traced, TracedClasses.class.getClassLoader());
        BitSet numbers = EntryTrace.of(() -> use.prepare(loader), limitNanos);
        Set<MethodId> entered = new LinkedHashSet<>();
        numbers.stream().forEach(number -> entered.add(methods.get(number)));
        return entered;
    }
}
