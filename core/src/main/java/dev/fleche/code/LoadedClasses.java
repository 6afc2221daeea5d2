package dev.fleche.code;

import dev.fleche.code.Place.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a function sees, by the class loader of its class.
 *
 * <p>Safe for use by several threads. Keeps no class loader alive.
 */
final class LoadedClasses implements Classes {

    private final List<ClassFiles> loaders;
    private final UserCode userCode;
    private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

    private LoadedClasses(List<ClassFiles> loaders, UserCode userCode) {
        this.loaders = loaders;
        this.userCode = userCode;
    }

    /**
     * Returns the classes that a function sees.
     *
     * @param function the class with its code
     * @param userCode classes of jars that are to be treated as the user's
     */
    static LoadedClasses of(Class<?> function, Collection<Class<?>> userCode) {
        ClassFiles files = ClassFiles.of(function.getClassLoader());
        return new LoadedClasses(List.of(files), UserCode.of(function, userCode)).and(userCode);
    }

    /** Returns these and what is seen by other classes, whose objects the function gets. */
    LoadedClasses and(Collection<Class<?>> others) {
        List<ClassFiles> all = new ArrayList<>(loaders);
        for (Class<?> other : others) {
            ClassFiles files = ClassFiles.of(other.getClassLoader());
            if (!ClassFiles.isOfJdk(other.getClassLoader()) && !all.contains(files)) {
                all.add(files);
            }
        }
        return all.size() == loaders.size() ? this : new LoadedClasses(List.copyOf(all), userCode);
    }

    @Override
    public Known find(String name) {
        Known present = known.get(name);
        if (present == null) {
            Known found = look(name);
            present = known.putIfAbsent(name, found);
            present = present == null ? found : present;
        }
        return present;
    }

    private Known look(String name) {
        List<ClassFile> files = files(name);
        if (files.isEmpty()) {
            return missing(name);
        }
        if (files.size() == 1) {
            return look(name, files.get(0));
        }
        Set<Known> all = new LinkedHashSet<>();
        for (ClassFile file : files) {
            all.add(look(name, file));
        }
        return all.size() == 1 ? all.iterator().next() : ambiguous(name, files);
    }

    private List<ClassFile> files(String name) {
        List<ClassFile> files = new ArrayList<>();
        for (ClassFiles loader : loaders) {
            Optional<ClassFile> file = loader.find(name);
            if (file.isPresent() && !isAmong(files, file.get())) {
                files.add(file.get());
            }
        }
        return files;
    }

    private static boolean isAmong(List<ClassFile> files, ClassFile file) {
        for (ClassFile each : files) {
            if (each.isAt(file)) {
                return true;
            }
        }
        return false;
    }

    private Known look(String name, ClassFile file) {
        Source source = file.source();
        if (source.kind() == Kind.JDK || userCode.isLeftOut(name, source)) {
            return new Foreign(null, overridable(name));
        }
        if (userCode.contains(source)) {
            return file.user();
        }
        Foreign foreign = new Foreign(library(source), overridable(name));
        // after all reading, since it may happen meanwhile
        return file.isRebuilt() ? file.rebuilt() : foreign;
    }

    private @Nullable Set<String> overridable(String name) {
        for (ClassFiles loader : loaders) {
            if (loader.find(name).isPresent()) {
                return loader.overridable(name).orElse(null);
            }
        }
        return null;
    }

    private static Library library(Source source) {
        Optional<Coordinates> coordinates = source.coordinates();
        if (coordinates.isEmpty()) {
            return new Library(source.fileName(), source.digest());
        }
        Coordinates found = coordinates.get();
        return new Library(found.name(), found.isSnapshot() ? source.digest() : found.version());
    }

    private Known missing(String name) {
        String binaryName = name.replace('/', '.');
        for (ClassFiles loader : loaders) {
            if (loader.loading(name).outcome() != Loading.Outcome.ABSENT) {
                return new Opaque(binaryName + " has no class file", ThisProcess.NUMBER);
            }
        }
        return new Opaque(binaryName + " is not on the class path", ABSENT);
    }

    private static Known ambiguous(String name, List<ClassFile> files) {
        StringBuilder reason = new StringBuilder(name.replace('/', '.')).append(" is in several places:");
        StringBuilder substitute = new StringBuilder();
        for (ClassFile file : files) {
            reason.append(' ').append(file.source().root());
            substitute
                    .append(
                            file.isRebuilt()
                                    ? ThisProcess.NUMBER
                                    : file.source().digest())
                    .append(' ');
        }
        return new Opaque(reason.toString(), substitute.toString());
    }

    /** Returns what changes whenever anything does in the directory or jar of a class: native code, for one. */
    @Override
    public String sourceDigest(String name) {
        List<ClassFile> files = files(name);
        if (files.isEmpty()) {
            return ThisProcess.NUMBER;
        }
        StringBuilder digest = new StringBuilder();
        for (ClassFile file : files) {
            digest.append(digest.length() == 0 ? "" : " ").append(file.source().digest());
        }
        return digest.toString();
    }

    @Override
    public boolean areLoaded(Collection<String> names) {
        boolean loaded = true;
        for (String name : names) {
            if (known.get(name) instanceof User) {
                for (ClassFile file : files(name)) {
                    loaded &= file.isLoadedAsRead();
                }
            }
        }
        return loaded;
    }

    /** Keeps what was read for the next start, in the background. */
    @Override
    public void keep() {
        Set<ClassPack> packs = new LinkedHashSet<>();
        for (ClassFiles loader : loaders) {
            loader.addPacks(packs);
        }
        PackWriter.write(packs);
    }
}
