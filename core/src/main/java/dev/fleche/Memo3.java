package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A memoised function of three arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <R> the type of the result
 */
public final class Memo3<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                R extends @Nullable Object>
        extends Memo<R> {

    private static final long serialVersionUID = 1;

    private final transient Fn3<A, B, C, R> function;

    Memo3(Fn3<A, B, C, R> function, Binding binding) {
        super(binding);
        this.function = function;
    }

    /** Returns the result: the stored one, or else that of the function, whose exceptions pass unchanged. */
    public R apply(A a, B b, C c) {
        try {
            return isOff() ? function.call(a, b, c) : Invocation.call(this, new @Nullable Object[] {a, b, c});
        } catch (Exception thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** Returns the call, bound to the active scope. */
    public Call<R> on(A a, B b, C c) {
        return callOn(new @Nullable Object[] {a, b, c});
    }

    /**
     * Returns the key of the call; the function does not run.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public Digest digest(A a, B b, C c) {
        return digestOf(new @Nullable Object[] {a, b, c});
    }

    /**
     * Returns whether the call is recorded; the function does not run and no value is read.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public boolean contains(A a, B b, C c) {
        return containsCall(new @Nullable Object[] {a, b, c});
    }

    /**
     * Returns the stored result; the function never runs.
     *
     * @throws NotCachedException if there is none that can be used
     * @throws UndigestibleException if an argument has no digest
     */
    public R load(A a, B b, C c) {
        return loadCall(new @Nullable Object[] {a, b, c});
    }

    /** Runs the function, and nested memoised ones, whatever is stored, and replaces what is stored. */
    public R rerun(A a, B b, C c) {
        return rerunCall(new @Nullable Object[] {a, b, c});
    }

    /** Returns this memo frozen to the active scope, so that it means the same on every thread. */
    public Memo3<A, B, C, R> bind() {
        return new Memo3<>(function, boundHere());
    }

    @Override
    public Memo3<A, B, C, R> in(Cache cache) {
        return new Memo3<>(function, inCache(cache));
    }

    @Override
    @SuppressWarnings("unchecked") // the arguments come from the typed methods above
    R run(@Nullable Object[] arguments) throws Exception {
        return function.call((A) arguments[0], (B) arguments[1], (C) arguments[2]);
    }

    @Override
    Serializable body() {
        return function;
    }

    @Override
    int arity() {
        return 3;
    }
}
