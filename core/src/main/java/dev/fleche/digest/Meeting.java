package dev.fleche.digest;

import java.lang.reflect.Executable;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a walk meets that brings code of its own along, in all values or in those that a function captured.
 *
 * <p>Not thread-safe; confined to one walk.
 */
final class Meeting {

    private final Set<Class<?>> classes = new HashSet<>();
    private final Set<Executable> functions = new HashSet<>();
    private final MetCode all = new MetCode(classes, functions);

    /** The meeting that goes on after this one, or null if this one is of all values. */
    final @Nullable Meeting outer;

    /** The number of long children that the walk knew when this meeting began. */
    final int since;

    /** The one class that was met; null if nothing was, or what was met stands in the sets. */
    private @Nullable Class<?> only;

    private @Nullable Class<?> last;

    Meeting(@Nullable Meeting outer, int since) {
        this.outer = outer;
        this.since = since;
    }

    /** Notes the class of an object of the user's. */
    void add(Class<?> type) {
        // most often one class is met again and again
        if (type == last) {
            return;
        }
        if (last == null && all.isEmpty()) {
            only = type;
        } else {
            useSets();
            classes.add(type);
        }
        last = type;
    }

    void add(Executable function) {
        useSets();
        functions.add(function);
    }

    private void useSets() {
        if (only != null) {
            classes.add(only);
            only = null;
        }
    }

    /** Notes what was met before elsewhere. */
    void add(MetCode met) {
        if (!met.isEmpty()) {
            useSets();
            classes.addAll(met.classes());
            functions.addAll(met.functions());
        }
    }

    MetCode met() {
        if (only != null) {
            return MetCode.of(only);
        }
        return all.isEmpty() ? MetCode.NONE : all;
    }

    void clear() {
        if (!all.isEmpty()) {
            classes.clear();
            functions.clear();
        }
        only = null;
        last = null;
    }
}
