package dev.fleche;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.annotation.DependsOn;
import dev.fleche.annotation.FormerlyKnownAs;
import dev.fleche.annotation.Memoized;
import dev.fleche.digest.FunctionId;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
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
 * @param code how the code takes part
 */
record Settings(
        @Nullable String name,
        @Nullable String version,
        List<Class<?>> allowed,
        boolean strict,
        boolean ignoreReceiver,
        Set<Integer> ignored,
        boolean pathsByName,
        ArgumentStoring argumentStoring,
        CodeSettings code) {

    private static final int NAME = 1;
    private static final int VERSION = 2;
    private static final int STRICT = 4;
    private static final int IGNORE_RECEIVER = 8;
    private static final int IGNORED = 0x10;
    private static final int PATHS_BY_NAME = 0x20;

    /** The place of which arguments are stored, in the two highest bits. */
    private static final int STORING = 6;

    /** Creates settings; what came in a stream is checked here as much as what options say. */
    Settings {
        requireText(name, "name");
        requireText(version, "version");
        allowed = List.of(allowed.toArray(Class<?>[]::new));
        ignored = Set.copyOf(ignored);
        ignored.forEach(position -> Objects.checkIndex(position, Integer.MAX_VALUE));
        Objects.requireNonNull(argumentStoring, "argumentStoring");
        Objects.requireNonNull(code, "code");
    }

    /** Returns all classes that the settings name, in the order in which {@link #read} expects them. */
    List<Class<?>> classes() {
        List<Class<?>> all = new ArrayList<>(allowed);
        all.addAll(code.dependencies());
        all.addAll(code.userCode());
        return all;
    }

    /** Writes all but the {@linkplain #classes classes}; defaults take two bytes. */
    void write(FlatWriter out) {
        out.writeByte(FlatWriter.flag(name, NAME)
                | FlatWriter.flag(version, VERSION)
                | (strict ? STRICT : 0)
                | (ignoreReceiver ? IGNORE_RECEIVER : 0)
                | (ignored.isEmpty() ? 0 : IGNORED)
                | (pathsByName ? PATHS_BY_NAME : 0)
                | argumentStoring.code() << STORING);
        if (name != null) {
            out.writeText(name);
        }
        if (version != null) {
            out.writeText(version);
        }
        if (!ignored.isEmpty()) {
            out.writeCount(ignored.size());
            new TreeSet<>(ignored).forEach(out::writeCount);
        }
        code.write(out);
    }

    /** Reads what {@link #write} wrote. */
    static Settings read(FlatReader in, List<Class<?>> classes) {
        int flags = in.readByte();
        String name = (flags & NAME) != 0 ? in.readText() : null;
        String version = (flags & VERSION) != 0 ? in.readText() : null;
        Set<Integer> ignored = new TreeSet<>();
        int count = (flags & IGNORED) != 0 ? in.readCount() : 0;
        for (int i = 0; i < count; i++) {
            ignored.add(in.readCount());
        }
        List<Class<?>> allowed = new ArrayList<>(classes);
        CodeSettings code = CodeSettings.read(in, allowed);
        return new Settings(
                name,
                version,
                allowed,
                (flags & STRICT) != 0,
                (flags & IGNORE_RECEIVER) != 0,
                ignored,
                (flags & PATHS_BY_NAME) != 0,
                ArgumentStoring.ofCode(flags >> STORING),
                code);
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
        CodeKey codeKey = CodeSettings.DEFAULT.key();
        CodeChange onCodeChange = CodeSettings.DEFAULT.onChange();
        final List<Class<?>> dependencies = new ArrayList<>();
        final List<Class<?>> userCode = new ArrayList<>();
        boolean libraries = CodeSettings.DEFAULT.libraries();
        final List<FunctionId> formerIds = new ArrayList<>();

        private void read(AnnotatedElement function) {
            Memoized memoized = function.getAnnotation(Memoized.class);
            if (memoized != null) {
                read(memoized);
            }
            DependsOn dependsOn = function.getAnnotation(DependsOn.class);
            if (dependsOn != null) {
                dependencies.addAll(List.of(dependsOn.value()));
            }
            FormerlyKnownAs formerly = function.getAnnotation(FormerlyKnownAs.class);
            if (formerly != null) {
                Arrays.stream(formerly.value()).map(CodeSettings::formerId).forEach(formerIds::add);
            }
        }

        private void read(Memoized annotation) {
            if (!annotation.name().isBlank()) {
                Option.requireName(annotation.name());
                name = annotation.name();
            }
            version = annotation.version().isBlank() ? null : annotation.version();
            allowed.addAll(List.of(annotation.allow()));
            strict = annotation.strict();
            ignoreReceiver = annotation.ignoreReceiver();
            pathsByName = annotation.pathsByName();
            codeKey = annotation.codeKey();
            onCodeChange = annotation.onCodeChange();
            libraries = !annotation.withoutLibraries();
        }

        private Settings finish() {
            return new Settings(
                    name,
                    version,
                    allowed,
                    strict,
                    ignoreReceiver,
                    ignored,
                    pathsByName,
                    argumentStoring,
                    new CodeSettings(codeKey, onCodeChange, dependencies, userCode, libraries, formerIds));
        }
    }

    /**
     * Returns the settings from a function's annotations and its options.
     *
     * @throws IllegalArgumentException if two options are of one kind, or a former id is none
     */
    static Settings of(AnnotatedElement function, Option... options) {
        Draft draft = new Draft();
        draft.read(function);
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
