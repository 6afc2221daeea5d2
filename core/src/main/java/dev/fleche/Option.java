package dev.fleche;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A choice about how calls of a function are keyed and stored, given to {@code Fleche.of}.
 *
 * <p>An option wins over the function's {@link dev.fleche.annotation.Memoized} annotation; the classes allowed by both
 * add up. Each option may be given once. Immutable.
 */
public final class Option {

    /** The factory's name: two options of one kind contradict each other. */
    private final String kind;

    private final String text;
    private final Consumer<Settings.Draft> effect;

    private Option(String kind, String argument, Consumer<Settings.Draft> effect) {
        this.kind = kind;
        this.text = "Option." + kind + "(" + argument + ")";
        this.effect = effect;
    }

    /**
     * Returns the option to name the function, in place of its method's name.
     *
     * <p>What a lambda needs, which has no name of its own: its id is then its class, this name and its parameter
     * types, and the values it captured are arguments. A method keeps its id by it when it is renamed.
     *
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Option name(String name) {
        requireText(name, "name");
        return new Option("name", quoted(name), draft -> draft.name = name);
    }

    /**
     * Returns the option to put a version into the key: any change makes older entries unreachable.
     *
     * @throws IllegalArgumentException if {@code version} is blank
     */
    public static Option version(String version) {
        requireText(version, "version");
        return new Option("version", quoted(version), draft -> draft.version = version);
    }

    /** Returns the option to put a version into the key; the same as its decimal digits as a string. */
    public static Option version(int version) {
        String text = Integer.toString(version);
        return new Option("version", text, draft -> draft.version = text);
    }

    /** Returns the option to let stored values contain records and enums that the signature does not reach. */
    public static Option allow(Class<?>... types) {
        List<Class<?>> allowed = List.of(types);
        String names =
                allowed.stream().map(type -> type.getSimpleName() + ".class").collect(Collectors.joining(", "));
        return new Option("allow", names, draft -> draft.allowed.addAll(allowed));
    }

    /** Returns the option to throw when caching is not possible, instead of running the body uncached. */
    public static Option strict() {
        return new Option("strict", "", draft -> draft.strict = true);
    }

    /**
     * Returns the option to leave the receiver out of the key.
     *
     * <p>Its class still enters where it is not the one that declares the method, since its code may then run.
     */
    public static Option ignoreReceiver() {
        return new Option("ignoreReceiver", "", draft -> draft.ignoreReceiver = true);
    }

    /**
     * Returns the option to leave parameters out of the key, as {@link dev.fleche.annotation.Ignored} does.
     *
     * <p>What a lambda captured is no parameter and cannot be left out: its order is the compiler's.
     *
     * @param positions the parameters, counted from 0, without the receiver and without what a lambda captured
     * @throws IllegalArgumentException if a position is negative
     */
    public static Option ignore(int... positions) {
        List<Integer> ignored = Arrays.stream(positions).boxed().toList();
        String list = ignored.stream().map(String::valueOf).collect(Collectors.joining(", "));
        if (ignored.stream().anyMatch(position -> position < 0)) {
            throw new IllegalArgumentException("expected positions counted from 0, found " + list);
        }
        return new Option("ignore", list, draft -> draft.ignored.addAll(ignored));
    }

    /**
     * Returns the option to accept a result that is or contains a {@code Path} or {@code File}, and store its name.
     *
     * <p>The files themselves are not stored: a hit names them, whether they are still there or not.
     */
    public static Option pathsByName() {
        return new Option("pathsByName", "", draft -> draft.pathsByName = true);
    }

    /** Returns the option to choose which arguments are stored beside their digests. */
    public static Option storeArguments(ArgumentStoring storing) {
        Objects.requireNonNull(storing, "storing");
        return new Option("storeArguments", storing.toString(), draft -> draft.argumentStoring = storing);
    }

    String kind() {
        return kind;
    }

    void applyTo(Settings.Draft draft) {
        effect.accept(draft);
    }

    /** Returns the option as it is written in code. */
    @Override
    public String toString() {
        return text;
    }

    private static void requireText(String text, String what) {
        if (Objects.requireNonNull(text, what).isBlank()) {
            throw new IllegalArgumentException("expected a " + what + " with characters in it, found " + quoted(text));
        }
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
