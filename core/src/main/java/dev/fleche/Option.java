package dev.fleche;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.digest.FunctionId;
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
     * <p>A lambda has no name of its own: with this one its id is its class, this name and its parameter types, and it
     * may choose its {@link #codeKey}; without, its code alone tells it from others. A method keeps its id by it when
     * it is renamed.
     *
     * @throws IllegalArgumentException if {@code name} is blank or has a dot in it, which would end the class's name
     */
    public static Option name(String name) {
        requireName(name);
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
        return new Option("allow", names(allowed), draft -> draft.allowed.addAll(allowed));
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

    /**
     * Returns the option to choose how much of the function's code enters the key.
     *
     * <p>Without it, it is {@link CodeKey#TRANSITIVE}, which is the only choice for a lambda without a name.
     */
    public static Option codeKey(CodeKey key) {
        Objects.requireNonNull(key, "key");
        return new Option("codeKey", "CodeKey." + key, draft -> draft.codeKey = key);
    }

    /** Returns the option to choose what a call does whose result is there, computed by other code. */
    public static Option onCodeChange(CodeChange choice) {
        Objects.requireNonNull(choice, "choice");
        return new Option("onCodeChange", "CodeChange." + choice, draft -> draft.onCodeChange = choice);
    }

    /**
     * Returns the option to let the code of classes enter the key that no analysis can see, as
     * {@link dev.fleche.annotation.DependsOn} does; the classes of both add up.
     */
    public static Option dependsOn(Class<?>... types) {
        List<Class<?>> named = List.of(types);
        return new Option("dependsOn", names(named), draft -> draft.dependencies.addAll(named));
    }

    /**
     * Returns the option to treat the libraries that hold the given classes as the user's own code: what is reached in
     * them enters the key by its text, not by the library's version.
     */
    public static Option userCode(Class<?>... types) {
        List<Class<?>> named = List.of(types);
        return new Option("userCode", names(named), draft -> draft.userCode.addAll(named));
    }

    /** Returns the option to leave the versions of libraries that the code calls out of the key. */
    public static Option withoutLibraries() {
        return new Option("withoutLibraries", "", draft -> draft.libraries = false);
    }

    /**
     * Returns the option to name the ids that the function had before, so that it keeps its entries, as
     * {@link dev.fleche.annotation.FormerlyKnownAs} does; the ids of both are looked up, those of the option last.
     *
     * @param ids such as {@code "com.acme.Physics.relax(double,int)"}, as {@code memo.function()} told them
     * @throws IllegalArgumentException if one of them is no id
     */
    public static Option formerlyKnownAs(String... ids) {
        List<FunctionId> former = Arrays.stream(ids).map(CodeSettings::formerId).toList();
        String list = Arrays.stream(ids).map(Option::quoted).collect(Collectors.joining(", "));
        return new Option("formerlyKnownAs", list, draft -> draft.formerIds.addAll(former));
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

    /** Requires what can be told from the name of a class when an id is written as one text. */
    static void requireName(String name) {
        requireText(name, "name");
        if (name.indexOf('.') >= 0) {
            throw new IllegalArgumentException("expected a name without dots, found " + quoted(name));
        }
    }

    private static void requireText(String text, String what) {
        if (Objects.requireNonNull(text, what).isBlank()) {
            throw new IllegalArgumentException("expected a " + what + " with characters in it, found " + quoted(text));
        }
    }

    private static String names(List<Class<?>> types) {
        return types.stream().map(type -> type.getSimpleName() + ".class").collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
