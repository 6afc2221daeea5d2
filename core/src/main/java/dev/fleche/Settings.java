package dev.fleche;

import dev.fleche.annotation.Memoized;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The choices about one function: its annotation, overlaid by the options.
 *
 * @param name the name for the id, or null for the method's own
 * @param version the version for the key, or null
 * @param allowed the classes that values may contain beyond the signature's
 * @param strict whether trouble with caching throws
 * @param ignoreReceiver whether the receiver is left out of the key
 * @param ignored the positions of parameters left out of the key
 * @param pathsByName whether results may name files
 * @param argumentStoring which arguments are stored
 */
record Settings(
        @Nullable String name,
        @Nullable String version,
        List<Class<?>> allowed,
        boolean strict,
        boolean ignoreReceiver,
        Set<Integer> ignored,
        boolean pathsByName,
        ArgumentStoring argumentStoring)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** Creates settings; what came in a stream is checked here as much as what options say. */
    Settings {
        requireText(name, "name");
        requireText(version, "version");
        allowed = List.of(allowed.toArray(Class<?>[]::new));
        ignored = Set.copyOf(ignored);
        ignored.forEach(position -> Objects.checkIndex(position, Integer.MAX_VALUE));
        Objects.requireNonNull(argumentStoring, "argumentStoring");
    }

    private static void requireText(@Nullable String text, String what) {
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException("expected a " + what + " with characters in it, found \"" + text + "\"");
        }
    }

    /** The settings while they are collected. Not thread-safe; confined to one call. */
    static final class Draft {

        @Nullable
        String name;

        @Nullable
        String version;

        final List<Class<?>> allowed = new ArrayList<>();
        boolean strict;
        boolean ignoreReceiver;
        final Set<Integer> ignored = new TreeSet<>();
        boolean pathsByName;
        ArgumentStoring argumentStoring = ArgumentStoring.BOUNDED;

        private void read(Memoized annotation) {
            name = annotation.name().isBlank() ? null : annotation.name();
            version = annotation.version().isBlank() ? null : annotation.version();
            allowed.addAll(List.of(annotation.allow()));
            strict = annotation.strict();
            ignoreReceiver = annotation.ignoreReceiver();
            pathsByName = annotation.pathsByName();
        }

        private Settings finish() {
            return new Settings(name, version, allowed, strict, ignoreReceiver, ignored, pathsByName, argumentStoring);
        }
    }

    /**
     * Returns the settings from a function's annotation, if it has one, and its options.
     *
     * @throws IllegalArgumentException if two options are of one kind
     */
    static Settings of(@Nullable Memoized annotation, Option... options) {
        Draft draft = new Draft();
        if (annotation != null) {
            draft.read(annotation);
        }
        Map<String, Option> given = new HashMap<>();
        for (Option option : options) {
            Objects.requireNonNull(option, "option");
            Option earlier = given.putIfAbsent(option.kind(), option);
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "expected each option once, found " + earlier + " and " + option + "; keep one of them");
            }
            option.applyTo(draft);
        }
        return draft.finish();
    }
}
