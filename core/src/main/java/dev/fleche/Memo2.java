package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A memoised function of two arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <R> the type of the result
 */
public final class Memo2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends Memo<R> implements BiFunction<A, B, R> {

    private static final long serialVersionUID = 1;

    private final transient Fn2<A, B, R> function;

    Memo2(Fn2<A, B, R> function, Binding binding) {
        super(binding);
        this.function = function;
    }

    /** Returns the result: the stored one, or else that of the function, whose exceptions pass unchanged. */
    @Override
    public R apply(A a, B b) {
        try {
            return isOff() ? function.call(a, b) : Invocation.call(this, new @Nullable Object[] {a, b});
        } catch (Exception thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** Returns the call, bound to the active scope. */
    public Call<R> on(A a, B b) {
        return callOn(new @Nullable Object[] {a, b});
    }

    /**
     * Returns the key of the call; the function does not run.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public Digest digest(A a, B b) {
        return digestOf(new @Nullable Object[] {a, b});
    }

    /**
     * Returns whether the call is recorded; the function does not run and no value is read.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public boolean contains(A a, B b) {
        return containsCall(new @Nullable Object[] {a, b});
    }

    /**
     * Returns the stored result; the function never runs.
     *
     * @throws NotCachedException if there is none that can be used
     * @throws UndigestibleException if an argument has no digest
     */
    public R load(A a, B b) {
        return loadCall(new @Nullable Object[] {a, b});
    }

    /** Runs the function, and nested memoised ones, whatever is stored, and replaces what is stored. */
    public R rerun(A a, B b) {
        return rerunCall(new @Nullable Object[] {a, b});
    }

    /** Returns this memo frozen to the active scope, so that it means the same on every thread. */
    public Memo2<A, B, R> bind() {
        return new Memo2<>(function, boundHere());
    }

    @Override
    public Memo2<A, B, R> in(Cache cache) {
        return new Memo2<>(function, inCache(cache));
    }

    @Override
    @SuppressWarnings("unchecked") // the arguments come from the typed methods above
    R run(@Nullable Object[] arguments) throws Exception {
        return function.call((A) arguments[0], (B) arguments[1]);
    }

    @Override
    Serializable body() {
        return function;
    }

    @Override
    int arity() {
        return 2;
    }
}
