package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is kept between runs of the class files of one directory or jar.
 *
 * <p>An entry holds for a file with the very stamp it was made from, or for the very bytes; so it does not matter which
 * process or class loader made it. Safe for use by several threads and processes: the last one to write wins, and an
 * entry that is lost is made again.
 */
final class ClassPack {

    private static final Map<String, WeakReference<ClassPack>> OPEN = new HashMap<>();

    private final String root;
    private final boolean lasting;
    private final AtomicReference<@Nullable ConcurrentMap<String, PackEntry>> entries = new AtomicReference<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private volatile boolean changed;

    private ClassPack(String root, boolean lasting) {
        this.root = root;
        this.lasting = lasting;
    }

    /** Returns the pack of a directory or jar, which stays open as long as it is used. */
    static ClassPack of(Place place) {
        synchronized (OPEN) {
            WeakReference<ClassPack> known = OPEN.get(place.root());
            ClassPack pack = known == null ? null : known.get();
            if (pack == null) {
                removeClosed();
                pack = new ClassPack(place.root(), place.file() != null);
                OPEN.put(place.root(), new WeakReference<>(pack));
            }
            return pack;
        }
    }

    private static void removeClosed() {
        Iterator<WeakReference<ClassPack>> all = OPEN.values().iterator();
        while (all.hasNext()) {
            if (all.next().refersTo(null)) {
                all.remove();
            }
        }
    }

    /** Returns what is kept of a file with that stamp. */
    <T> Optional<T> find(Form<T> form, String path, @Nullable FileStamp stamp) {
        PackEntry entry = entries().get(key(form, path));
        return entry == null || stamp == null || !stamp.isSame(entry.stamp())
                ? Optional.empty()
                : Optional.of(use(entry, form, path));
    }

    /** Returns what is kept of a file with that content. */
    <T> Optional<T> find(Form<T> form, String path, Content content) {
        PackEntry entry = entries().get(key(form, path));
        Digest kept = entry == null ? null : entry.content();
        return entry == null || kept == null || !kept.equals(content.digest())
                ? Optional.empty()
                : Optional.of(use(entry, form, path));
    }

    private <T> T use(PackEntry entry, Form<T> form, String path) {
        used.add(key(form, path));
        return entry.value(form);
    }

    <T> void put(Form<T> form, String path, PackEntry entry) {
        String key = key(form, path);
        used.add(key);
        PackEntry before = entries().put(key, entry);
        if (before == null || !before.isAbout(entry)) {
            changed = true;
        }
    }

    private static String key(Form<?> form, String path) {
        return form.letter() + path;
    }

    private ConcurrentMap<String, PackEntry> entries() {
        ConcurrentMap<String, PackEntry> known = entries.get();
        if (known == null) {
            Map<String, PackEntry> read = lasting ? PackFile.of(root).read() : Map.of();
            entries.compareAndSet(null, new ConcurrentHashMap<>(read));
            known = entries.get();
        }
        return Objects.requireNonNull(known);
    }

    /** Returns whether something has come since the last time. */
    boolean isChanged() {
        return changed;
    }

    /**
     * Finds out what of the entries was put off, and writes what has come since the last time.
     *
     * <p>Trouble with that is not told, since everything can be made again.
     */
    void write() {
        if (isChanged()) {
            changed = false;
            Map<String, PackEntry> complete = new HashMap<>(entries());
            complete.values().removeIf(entry -> !entry.isComplete());
            if (lasting) {
                PackFile.of(root).write(complete, used);
            }
        }
    }
}
