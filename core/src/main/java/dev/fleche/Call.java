package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A memoised function and its arguments, ready to run anywhere.
 *
 * <p>Bound to the scope in which it was made: its cache, its tags. Whoever runs it needs to know nothing of caches. The
 * arguments are kept as they are, not copied, and keyed when the call is made. Safe for use by several threads as far
 * as its arguments are.
 *
 * @param <R> the type of the result
 */
public final class Call<R extends @Nullable Object> implements Callable<R>, Supplier<R> {

    private final Memo<R> memo;
    private final @Nullable Object[] arguments;
    private final Context context;

    Call(Memo<R> memo, @Nullable Object[] arguments, Context context) {
        this.memo = memo;
        this.arguments = arguments;
        this.context = context;
    }

    /** Returns the result: the stored one, or else that of the body, whose exceptions pass unchanged. */
    @Override
    public R call() {
        return Invocation.callIn(context, memo, arguments);
    }

    /** Returns the same as {@link #call}. */
    @Override
    public R get() {
        return call();
    }

    /** Returns the id of the function. */
    public FunctionId function() {
        return memo.function();
    }

    /**
     * Returns the key; the body does not run.
     *
     * @throws dev.fleche.digest.UndigestibleException if an argument has no digest
     */
    public Digest digest() {
        return Lookups.digest(memo, arguments);
    }

    /**
     * Returns whether the call is recorded; the body does not run and no value is read.
     *
     * @throws dev.fleche.digest.UndigestibleException if an argument has no digest
     */
    public boolean contains() {
        return cache().contains(digest());
    }

    /**
     * Returns the stored result; the body never runs.
     *
     * @throws NotCachedException if there is none that can be used
     * @throws dev.fleche.digest.UndigestibleException if an argument has no digest
     */
    public R load() {
        return Lookups.load(memo, cache(), arguments);
    }

    /** Runs the body, and those of nested memoised calls, whatever is stored, and replaces what is stored. */
    public R rerun() {
        return Invocation.rerun(memo, context, arguments);
    }

    private Cache cache() {
        return memo.cacheIn(context);
    }

    /** Returns the function's id and the number of arguments. */
    @Override
    public String toString() {
        return "call of " + memo.function() + " with " + arguments.length + " arguments";
    }
}
