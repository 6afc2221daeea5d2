package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A memoised function of one argument.
 *
 * @param <A> the type of the first argument
 * @param <R> the type of the result
 */
public final class Memo1<A extends @Nullable Object, R extends @Nullable Object> extends Memo<R>
        implements Function<A, R> {

    private static final long serialVersionUID = 1;

    private final transient Fn1<A, R> function;

    Memo1(Fn1<A, R> function, Binding binding) {
        super(binding);
        this.function = function;
    }

    /** Returns the result: the stored one, or else that of the function, whose exceptions pass unchanged. */
    @Override
    public R apply(A a) {
        try {
            return isOff() ? function.call(a) : Invocation.call(this, new @Nullable Object[] {a});
        } catch (Exception thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** Returns the call, bound to the active scope. */
    public Call<R> on(A a) {
        return callOn(new @Nullable Object[] {a});
    }

    /**
     * Returns the key of the call; the function does not run.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public Digest digest(A a) {
        return digestOf(new @Nullable Object[] {a});
    }

    /**
     * Returns whether the call is recorded; the function does not run and no value is read.
     *
     * @throws UndigestibleException if an argument has no digest
     */
    public boolean contains(A a) {
        return containsCall(new @Nullable Object[] {a});
    }

    /**
     * Returns the stored result; the function never runs.
     *
     * @throws NotCachedException if there is none that can be used
     * @throws UndigestibleException if an argument has no digest
     */
    public R load(A a) {
        return loadCall(new @Nullable Object[] {a});
    }

    /** Runs the function, and nested memoised ones, whatever is stored, and replaces what is stored. */
    public R rerun(A a) {
        return rerunCall(new @Nullable Object[] {a});
    }

    /** Returns this memo frozen to the active scope, so that it means the same on every thread. */
    public Memo1<A, R> bind() {
        return new Memo1<>(function, boundHere());
    }

    @Override
    public Memo1<A, R> in(Cache cache) {
        return new Memo1<>(function, inCache(cache));
    }

    @Override
    @SuppressWarnings("unchecked") // the arguments come from the typed methods above
    R run(@Nullable Object[] arguments) throws Exception {
        return function.call((A) arguments[0]);
    }

    @Override
    Serializable body() {
        return function;
    }

    @Override
    int arity() {
        return 1;
    }
}
