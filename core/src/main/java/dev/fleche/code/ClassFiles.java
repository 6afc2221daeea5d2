package dev.fleche.code;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The class files that a class loader finds.
 *
 * <p>One for each class loader, which it does not keep alive. It remembers when it was made: files that change later
 * are not those of classes that may have been loaded before. Safe for use by several threads.
 */
final class ClassFiles {

    // before SYSTEM, which has it
    private static final Map<ClassLoader, ClassFiles> ALL = new WeakHashMap<>();
    private static final Source JDK = new Source(Place.inJdk(""), 0);
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
    private static final ClassFiles SYSTEM = of(null);

    private final WeakReference<ClassLoader> loader;
    private final @Nullable ClassFiles parent;
    private final long seen = FileStamp.now();
    private final ConcurrentMap<String, Source> sources = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Folder> folders = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Optional<ClassFile>> files = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Optional<Set<String>>> overridable = new ConcurrentHashMap<>();

    private ClassFiles(ClassLoader loader, @Nullable ClassFiles parent) {
        this.loader = new WeakReference<>(loader);
        this.parent = parent;
    }

    /** Returns those of a class loader; those of the program for the loaders of the JDK. */
    static ClassFiles of(@Nullable ClassLoader loader) {
        ClassLoader own = loader == null || loader == PLATFORM ? ClassLoader.getSystemClassLoader() : loader;
        synchronized (ALL) {
            ClassFiles known = ALL.get(own);
            if (known == null) {
                ClassLoader above = own.getParent();
                known = new ClassFiles(own, isOfJdk(above) ? null : of(above));
                ALL.put(own, known);
            }
            return known;
        }
    }

    /** Returns whether a class loader is one of the JDK, whose classes all others find. */
    static boolean isOfJdk(@Nullable ClassLoader loader) {
        return loader == null || loader == PLATFORM;
    }

    /** Returns the file of a class; empty if there is none. */
    Optional<ClassFile> find(String name) {
        Optional<ClassFile> known = files.get(name);
        if (known == null) {
            Optional<ClassFile> found = locate(name);
            known = files.putIfAbsent(name, found);
            known = known == null ? found : known;
        }
        return known;
    }

    private Optional<ClassFile> locate(String name) {
        String resource = name + ".class";
        if (name.startsWith("java/")) {
            return this == SYSTEM ? Optional.of(new ClassFile(name, loader, JDK, resource)) : SYSTEM.find(name);
        }
        ClassLoader own = loader.get();
        if (own == null) {
            return Optional.empty();
        }
        URL url = resource(own, resource);
        if (url == null) {
            return elsewhere(name, own);
        }
        ClassFile file = file(name, url, resource);
        // it is the parent that loads it if it can, and may have done so long ago
        Optional<ClassFile> above = parent == null ? Optional.empty() : parent.find(name);
        return above.isPresent() && file.isAt(above.get()) ? above : Optional.of(file);
    }

    private ClassFile file(String name, URL url, String resource) {
        // most classes lie where another one does, which is told without a closer look at the URL
        String text = url.toExternalForm();
        String start = text.endsWith(resource) ? text.substring(0, text.length() - resource.length()) : text;
        Folder known = folders.get(start);
        if (known != null) {
            return new ClassFile(name, loader, known.source(), known.path() + resource);
        }
        Place place = Place.of(url, resource);
        Source source = place.kind() == Place.Kind.JDK ? JDK : source(place);
        if (start.length() < text.length() && place.path().endsWith(resource)) {
            String path = place.path().substring(0, place.path().length() - resource.length());
            folders.put(start, new Folder(source, path));
        }
        return new ClassFile(name, loader, source, place.path());
    }

    private Source source(Place place) {
        Source known = sources.get(place.root());
        if (known == null) {
            Source made = new Source(place, seen);
            Source other = sources.putIfAbsent(place.root(), made);
            known = other == null ? made : other;
        }
        return known;
    }

    /**
     * Where packages lie.
     *
     * @param source the directory or jar
     * @param path the path in it: empty, or that of a version of Java
     */
    private record Folder(Source source, String path) {}

    private static @Nullable URL resource(ClassLoader loader, String resource) {
        try {
            return loader.getResource(resource);
        } catch (RuntimeException e) {
            // somebody else's class loader may not like the question
            return null;
        }
    }

    /** A class loader may get classes from others than its parent, without their files. */
    private Optional<ClassFile> elsewhere(String name, ClassLoader own) {
        ClassLoader other = Loading.of(name, own).loader();
        return other == null || of(other) == this ? Optional.empty() : of(other).find(name);
    }

    /** Returns what happens to somebody who needs a class. */
    Loading loading(String name) {
        ClassLoader own = loader.get();
        return own == null ? Loading.UNKNOWN : Loading.of(name, own);
    }

    /** Returns the signatures of all methods that a subclass of a class may override; empty if that is not known. */
    Optional<Set<String>> overridable(String name) {
        Optional<Set<String>> known = overridable.get(name);
        if (known == null) {
            known = name.startsWith("java/") && this != SYSTEM ? SYSTEM.overridable(name) : inherited(name);
            overridable.put(name, known);
        }
        return known;
    }

    private Optional<Set<String>> inherited(String name) {
        Set<String> signatures = new HashSet<>();
        Set<String> met = new HashSet<>(Set.of(name));
        Deque<String> left = new ArrayDeque<>(met);
        while (!left.isEmpty()) {
            Optional<ClassFile> file = find(left.remove());
            Optional<Outline> outline = file.isPresent() ? file.get().outline() : Optional.empty();
            if (outline.isEmpty()) {
                return Optional.empty();
            }
            signatures.addAll(outline.get().overridable());
            for (String each : outline.get().supertypes()) {
                if (met.add(each)) {
                    left.add(each);
                }
            }
        }
        return Optional.of(Collections.unmodifiableSet(signatures));
    }

    /** Adds the packs of all that was read to a collection. */
    void addPacks(Collection<ClassPack> packs) {
        packs.add(JDK.pack());
        for (ClassFiles each = this; each != null; each = each.parent) {
            for (Source source : each.sources.values()) {
                packs.add(source.pack());
            }
        }
    }
}
