package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A memoised function of no argument.
 *
 * @param <R> the type of the result
 */
public final class Memo0<R extends @Nullable Object> extends Memo<R> implements Supplier<R> {

    private static final long serialVersionUID = 1;

    private static final @Nullable Object[] NONE = {};

    private final transient Fn0<R> function;

    Memo0(Fn0<R> function, Binding binding) {
        super(binding);
        this.function = function;
    }

    /** Returns the result: the stored one, or else that of the function, whose exceptions pass unchanged. */
    @Override
    public R get() {
        try {
            return isOff() ? function.call() : Invocation.call(this, NONE);
        } catch (Exception thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** Returns the call, bound to the active scope. */
    public Call<R> on() {
        return callOn(NONE);
    }

    /**
     * Returns the key of the call; the function does not run.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public Digest digest() {
        return digestOf(NONE);
    }

    /**
     * Returns whether the call is recorded; the function does not run and no value is read.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public boolean contains() {
        return containsCall(NONE);
    }

    /**
     * Returns the stored result; the function never runs.
     *
     * @throws NotCachedException if there is none that can be used
     * @throws UndigestibleException if an argument has no digest
     */
    public R load() {
        return loadCall(NONE);
    }

    /** Runs the function, and nested memoised ones, whatever is stored, and replaces what is stored. */
    public R rerun() {
        return rerunCall(NONE);
    }

    /** Returns this memo frozen to the active scope, so that it means the same on every thread. */
    public Memo0<R> bind() {
        return new Memo0<>(function, boundHere());
    }

    @Override
    public Memo0<R> in(Cache cache) {
        return new Memo0<>(function, inCache(cache));
    }

    @Override
    R run(@Nullable Object[] arguments) throws Exception {
        return function.call();
    }

    @Override
    Serializable body() {
        return function;
    }

    @Override
    int arity() {
        return 0;
    }
}
