package dev.fleche;

import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.digest.Access;
import dev.fleche.digest.DigestRule;
import dev.fleche.digest.Digester;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The front door: memos of functions, the active cache, and tasks bound to a scope.
 *
 * <p>The cache of a call is, in this order: the one of {@code memo.in(cache)}, the one it was bound to, the one of
 * {@link #use}, the one of {@link #setDefault}, and one in memory. Safe for use by several threads.
 */
public final class Fleche {

    static {
        Digester.standard().register(new LambdaReferences());
        Digester.standard().register(new MemoReferences());
    }

    private Fleche() {}

    /** Returns the memo of a function of no argument; see {@link #of(Fn1, Option...)}. */
    public static <R extends @Nullable Object> Memo0<R> of(Fn0<R> function, Option... options) {
        return new Memo0<>(function, declare(function, 0, options));
    }

    /**
     * Returns the memo of a function of one argument.
     *
     * <p>The function is a method reference or a lambda with {@link Option#name}: its class, name and parameter types
     * identify it in every process. All code of the program that it can reach enters its keys, unless
     * {@link Option#codeKey} says otherwise; class files are read at the first call. A lambda without a name is
     * identified by its class, its parameter types and its code, and what it captured are arguments. Of several methods
     * of one name, the type arguments tell which one is meant: {@code Fleche.<String, Integer>of(Integer::parseInt)}.
     * Of a function that returns a future, the value that the future yields is remembered; see {@link Memo}. Declared
     * once, usually as a static final field; costs some microseconds.
     *
     * @throws IllegalArgumentException if the function has no identity, or a result of its type cannot be stored; the
     *     message names the way out
     * @throws IllegalStateException if another function of this process has the same id
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> Memo1<A, R> of(
            Fn1<A, R> function, Option... options) {
        return new Memo1<>(function, declare(function, 1, options));
    }

    /** Returns the memo of a function of two arguments; see {@link #of(Fn1, Option...)}. */
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            Memo2<A, B, R> of(Fn2<A, B, R> function, Option... options) {
        return new Memo2<>(function, declare(function, 2, options));
    }

    /** Returns the memo of a function of three arguments; see {@link #of(Fn1, Option...)}. */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Memo3<A, B, C, R> of(Fn3<A, B, C, R> function, Option... options) {
        return new Memo3<>(function, declare(function, 3, options));
    }

    /** Returns the memo of a function of four arguments; see {@link #of(Fn1, Option...)}. */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            Memo4<A, B, C, D, R> of(Fn4<A, B, C, D, R> function, Option... options) {
        return new Memo4<>(function, declare(function, 4, options));
    }

    /** Returns the memo of a function of five arguments; see {@link #of(Fn1, Option...)}. */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            Memo5<A, B, C, D, E, R> of(Fn5<A, B, C, D, E, R> function, Option... options) {
        return new Memo5<>(function, declare(function, 5, options));
    }

    /** Returns the memo of a function of six arguments; see {@link #of(Fn1, Option...)}. */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    R extends @Nullable Object>
            Memo6<A, B, C, D, E, F, R> of(Fn6<A, B, C, D, E, F, R> function, Option... options) {
        return new Memo6<>(function, declare(function, 6, options));
    }

    /** Returns the memo of a function of seven arguments; see {@link #of(Fn1, Option...)}. */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    R extends @Nullable Object>
            Memo7<A, B, C, D, E, F, G, R> of(Fn7<A, B, C, D, E, F, G, R> function, Option... options) {
        return new Memo7<>(function, declare(function, 7, options));
    }

    /** Returns the memo of a function of eight arguments; see {@link #of(Fn1, Option...)}. */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object,
                    R extends @Nullable Object>
            Memo8<A, B, C, D, E, F, G, H, R> of(Fn8<A, B, C, D, E, F, G, H, R> function, Option... options) {
        return new Memo8<>(function, declare(function, 8, options));
    }

    private static Memo.Binding declare(Serializable function, int arity, Option... options) {
        Profile profile = Profile.of(Objects.requireNonNull(function, "function"), arity, options);
        if (profile.code().key() == CodeKey.NONE) {
            // nothing will tell more
            Trouble.warnOfResult(profile);
        }
        return new Memo.Binding(profile, null, null);
    }

    /**
     * Makes {@code cache} the one of every call, on every thread, that no scope or memo gives another.
     *
     * <p>Neither this cache nor the one before is closed by it.
     */
    public static void setDefault(Cache cache) {
        DefaultCache.set(Objects.requireNonNull(cache, "cache"));
    }

    /**
     * Makes {@code cache} the active one of this thread until the scope is closed.
     *
     * <p>Closing the scope does not close the cache.
     */
    public static Scope use(Cache cache) {
        return Scope.open(Context.current().withCache(Objects.requireNonNull(cache, "cache")));
    }

    /** Returns the cache that a call made now on this thread would use. */
    public static Cache cache() {
        return Context.current().activeCache();
    }

    /**
     * Records tags with every call that this thread makes until the scope is closed.
     *
     * <p>Tags of an outer scope hold as well; of two with one name the inner one counts. Tags are never part of a key.
     *
     * @param namesAndValues name, value, name, value and so on
     * @throws IllegalArgumentException if a value is missing, or a text holds half a surrogate pair
     */
    public static Scope tags(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("expected names and values in turn, found a name without a value: \""
                    + namesAndValues[namesAndValues.length - 1] + "\"");
        }
        Map<String, String> tags = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            tags.put(text(namesAndValues[i], "name"), text(namesAndValues[i + 1], "value"));
        }
        return Scope.open(Context.current().withTags(tags));
    }

    /** Half a surrogate pair has no UTF-8 form, in which records hold text. */
    private static String text(String tag, String part) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(Objects.requireNonNull(tag, part))) {
            throw new IllegalArgumentException(
                    "expected text as the " + part + " of a tag, found half a surrogate pair in \"" + tag + "\"");
        }
        return tag;
    }

    /**
     * Returns {@code task} bound to the active scope: memoised calls inside see it on whatever thread it runs.
     *
     * <p>A task that is bound already keeps its binding and is returned itself. One that is serializable stays so, and
     * travels with the configuration of the cache as a {@link Call} does.
     */
    public static <T extends @Nullable Object> Callable<T> bind(Callable<T> task) {
        return BoundTask.bind(Objects.requireNonNull(task, "task"));
    }

    /** Returns {@code task} bound to the active scope, able to travel; see {@link #bind(Callable)}. */
    public static <T extends @Nullable Object> SerializableCallable<T> bind(SerializableCallable<T> task) {
        return BoundTask.bindSerializable(Objects.requireNonNull(task, "task"));
    }

    /** Returns {@code task} bound to the active scope; see {@link #bind(Callable)}. */
    public static Runnable bind(Runnable task) {
        return BoundTask.bind(Objects.requireNonNull(task, "task"));
    }

    /** Returns {@code task} bound to the active scope, able to travel; see {@link #bind(Callable)}. */
    public static SerializableRunnable bind(SerializableRunnable task) {
        return BoundTask.bindSerializable(Objects.requireNonNull(task, "task"));
    }

    /**
     * Returns {@code executor} with stored calls answered at once, and every task bound to the scope of its submitter.
     *
     * <p>The executor itself is left as it is. A {@link FlecheExecutor} is returned unchanged; what is scheduled at run
     * time stays so.
     */
    public static FlecheExecutor wrap(ExecutorService executor) {
        return WrappedExecutor.of(Objects.requireNonNull(executor, "executor"));
    }

    /**
     * Returns {@code executor} with every task bound to the scope of its submitter; see {@link #wrap(ExecutorService)}.
     */
    public static FlecheScheduledExecutor wrap(ScheduledExecutorService executor) {
        return (FlecheScheduledExecutor) WrappedExecutor.of(Objects.requireNonNull(executor, "executor"));
    }

    /**
     * Makes values of a type digestible.
     *
     * @throws IllegalArgumentException if the encoding knows the type by itself
     * @throws IllegalStateException if another rule covers the type
     */
    public static void register(DigestRule<?> rule) {
        Digester.standard().register(Objects.requireNonNull(rule, "rule"));
    }

    /**
     * Lets the records and enums of the caller's module be arguments and results, whatever the module opens.
     *
     * <p>Needed once in each named module that does not open its packages; never on the class path.
     *
     * @param lookup the result of {@code MethodHandles.lookup()}, called in the module
     * @throws IllegalArgumentException if {@code lookup} lacks full access
     */
    public static void access(MethodHandles.Lookup lookup) {
        Access.grant(lookup);
    }
}
