package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A memoised function of seven arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <F> the type of the sixth argument
 * @param <G> the type of the seventh argument
 * @param <R> the type of the result
 */
public final class Memo7<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                E extends @Nullable Object,
                F extends @Nullable Object,
                G extends @Nullable Object,
                R extends @Nullable Object>
        extends Memo<R> {

    private static final long serialVersionUID = 1;

    private final transient Fn7<A, B, C, D, E, F, G, R> function;

    Memo7(Fn7<A, B, C, D, E, F, G, R> function, Binding binding) {
        super(binding);
        this.function = function;
    }

    /** Returns the result: the stored one, or else that of the function, whose exceptions pass unchanged. */
    public R apply(A a, B b, C c, D d, E e, F f, G g) {
        try {
            return isOff()
                    ? function.call(a, b, c, d, e, f, g)
                    : Invocation.call(this, new @Nullable Object[] {a, b, c, d, e, f, g});
        } catch (Exception thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** Returns the call, bound to the active scope. */
    public Call<R> on(A a, B b, C c, D d, E e, F f, G g) {
        return callOn(new @Nullable Object[] {a, b, c, d, e, f, g});
    }

    /**
     * Returns the key of the call; the function does not run.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public Digest digest(A a, B b, C c, D d, E e, F f, G g) {
        return digestOf(new @Nullable Object[] {a, b, c, d, e, f, g});
    }

    /**
     * Returns whether the call is recorded; the function does not run and no value is read.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public boolean contains(A a, B b, C c, D d, E e, F f, G g) {
        return containsCall(new @Nullable Object[] {a, b, c, d, e, f, g});
    }

    /**
     * Returns the stored result; the function never runs.
     *
     * @throws NotCachedException if there is none that can be used
     * @throws UndigestibleException if an argument has no digest
     */
    public R load(A a, B b, C c, D d, E e, F f, G g) {
        return loadCall(new @Nullable Object[] {a, b, c, d, e, f, g});
    }

    /** Runs the function, and nested memoised ones, whatever is stored, and replaces what is stored. */
    public R rerun(A a, B b, C c, D d, E e, F f, G g) {
        return rerunCall(new @Nullable Object[] {a, b, c, d, e, f, g});
    }

    /** Returns this memo frozen to the active scope, so that it means the same on every thread. */
    public Memo7<A, B, C, D, E, F, G, R> bind() {
        return new Memo7<>(function, boundHere());
    }

    @Override
    public Memo7<A, B, C, D, E, F, G, R> in(Cache cache) {
        return new Memo7<>(function, inCache(cache));
    }

    @Override
    @SuppressWarnings("unchecked") // the arguments come from the typed methods above
    R run(@Nullable Object[] arguments) throws Exception {
        return function.call(
                (A) arguments[0],
                (B) arguments[1],
                (C) arguments[2],
                (D) arguments[3],
                (E) arguments[4],
                (F) arguments[5],
                (G) arguments[6]);
    }

    @Override
    Serializable body() {
        return function;
    }

    @Override
    int arity() {
        return 7;
    }
}
