package dev.fleche;

import dev.fleche.digest.MetCode;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The code of one function's calls that was found lately, by what was met among their arguments.
 *
 * <p>Classes that are met are not kept from being unloaded. Safe for use by several threads, which may each find the
 * same code anew.
 */
final class KnownCode {

    /** A limit of memory; beyond it, what was asked for longest ago is found again when it is needed. */
    private static final int MAX_ENTRIES = 1024;

    private static final int MAX_OF_ONE_HASH = 8;

    /** A power of two. */
    private static final int RECENT = 8;

    private volatile @Nullable CallCode plain;

    /** What was found last where one class was met, by that class: without a lock, and without sets. */
    private final AtomicReferenceArray<@Nullable Recent> recent = new AtomicReferenceArray<>(RECENT);

    /** By hash codes of what was met, what was asked for longest ago first; used under the lock of this object. */
    private final Map<Integer, List<Entry>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** Code, and the one class that was met when it was found. */
    private record Recent(@Nullable WeakReference<Class<?>> receiver, WeakReference<Class<?>> met, CallCode code) {

        boolean isOf(@Nullable Class<?> otherReceiver, Class<?> other) {
            return met.refersTo(other)
                    && (receiver == null
                            ? otherReceiver == null
                            : otherReceiver != null && receiver.refersTo(otherReceiver));
        }
    }

    /** Code, and what was met when it was found. */
    private record Entry(
            @Nullable WeakReference<Class<?>> receiver,
            List<WeakReference<Object>> classes,
            List<WeakReference<Object>> functions,
            CallCode code) {

        boolean isOf(@Nullable Class<?> other, MetCode met) {
            return (receiver == null ? other == null : other != null && receiver.refersTo(other))
                    && areIn(classes, met.classes())
                    && areIn(functions, met.functions());
        }

        private static boolean areIn(List<WeakReference<Object>> known, Set<?> met) {
            if (known.size() != met.size()) {
                return false;
            }
            for (WeakReference<Object> each : known) {
                Object object = each.get();
                if (object == null || !met.contains(object)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns the code of calls with this receiver's class in which this was met, or null if it is not known. */
    @Nullable
    CallCode find(@Nullable Class<?> receiver, MetCode met) {
        if (receiver == null && met.isEmpty()) {
            return plain;
        }
        Class<?> only = met.only();
        if (only == null) {
            return findAmongAll(receiver, met);
        }
        Recent last = recent.get(slot(only));
        if (last != null && last.isOf(receiver, only)) {
            return last.code;
        }
        CallCode found = findAmongAll(receiver, met);
        if (found != null) {
            recent.set(
                    slot(only),
                    new Recent(
                            receiver == null ? null : new WeakReference<>(receiver), new WeakReference<>(only), found));
        }
        return found;
    }

    private static int slot(Class<?> type) {
        return type.hashCode() & (RECENT - 1);
    }

    private @Nullable CallCode findAmongAll(@Nullable Class<?> receiver, MetCode met) {
        int hash = hash(receiver, met);
        synchronized (this) {
            for (Entry entry : entries.getOrDefault(hash, List.of())) {
                if (entry.isOf(receiver, met)) {
                    return entry.code;
                }
            }
        }
        return null;
    }

    private static int hash(@Nullable Class<?> receiver, MetCode met) {
        return Objects.hash(receiver, met.classes(), met.functions());
    }

    /** Adds code; returns what is equal to it and known already, if there is such. */
    synchronized CallCode add(@Nullable Class<?> receiver, MetCode met, CallCode code) {
        CallCode shared = shared(code);
        if (receiver == null && met.isEmpty()) {
            plain = shared;
            return shared;
        }
        Entry added = new Entry(
                receiver == null ? null : new WeakReference<>(receiver),
                references(met.classes()),
                references(met.functions()),
                shared);
        entries.merge(hash(receiver, met), List.of(added), KnownCode::both);
        if (entries.size() > MAX_ENTRIES) {
            Iterator<List<Entry>> oldest = entries.values().iterator();
            oldest.next();
            oldest.remove();
        }
        return shared;
    }

    /** Hash codes are seldom equal by chance: the bound drops what was found twice, and classes that are gone. */
    private static List<Entry> both(List<Entry> known, List<Entry> added) {
        return Stream.concat(added.stream(), known.stream())
                .limit(MAX_OF_ONE_HASH)
                .toList();
    }

    private CallCode shared(CallCode code) {
        CallCode first = plain;
        if (first != null && first.digest().equals(code.digest())) {
            return first;
        }
        return entries.values().stream()
                .flatMap(List::stream)
                .map(Entry::code)
                .filter(known -> known.digest().equals(code.digest()))
                .findFirst()
                .orElse(code);
    }

    private static List<WeakReference<Object>> references(Collection<?> objects) {
        return objects.stream().<WeakReference<Object>>map(WeakReference::new).toList();
    }
}
