package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.Query;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handle on a memoised function; what is common to those of every number of arguments.
 *
 * <p>A call returns the stored result, as a private copy unless it is immutable through and through, or else runs the
 * function and stores what it returns before returning it. The function's exceptions pass unchanged, checked ones too,
 * and are not stored. A call of the same key that another thread is making is waited for; an interrupt ends the wait,
 * stays set, and the function runs. Arguments and results may be null.
 *
 * <p>Trouble with caching (an argument without a digest, a storage that cannot be read or written) runs the function
 * with one warning for each cause; with {@link Option#strict} it throws {@code UndigestibleException},
 * {@code CodecException} or {@code StorageException} instead.
 *
 * <p>A memo travels to other processes as its function, its settings and what it is bound to; see {@link Call}. One
 * that is not bound uses the scope that it meets there.
 *
 * <p>A function that is declared to return a {@code CompletableFuture}, {@code CompletionStage} or {@code Future} is
 * remembered by the value that its future yields; a future that fails or is cancelled leaves nothing. A hit is a
 * completed future. Otherwise the caller gets a future of its own, which completes after the value was stored, and with
 * the exception that the function's future fails with. Callers of one key share the body; those who called until the
 * value is stored get it without another run. Cancelling such a future, or completing it by hand, concerns its caller
 * alone; when the last caller who waits has cancelled, the function's future is cancelled too. If the function fails,
 * it is run again for each of the other callers, on a thread of the library under that caller's scope. The thread that
 * completes the function's future stores the value and so may block on I/O. A {@code Future} that is no
 * {@code CompletionStage} is looked at by whoever asks for its result, and from time to time by a daemon thread.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param <R> the type of the results
 */
public abstract sealed class Memo<R extends @Nullable Object> implements Serializable
        permits Memo0, Memo1, Memo2, Memo3, Memo4, Memo5, Memo6, Memo7, Memo8 {

    private static final long serialVersionUID = 1;

    private final transient Profile profile;
    private final transient @Nullable Cache cache;
    private final transient @Nullable Context bound;

    Memo(Binding binding) {
        this.profile = binding.profile;
        this.cache = binding.cache;
        this.bound = binding.bound;
    }

    /** What a memo is besides its function. */
    record Binding(
            Profile profile,
            @Nullable Cache cache,
            @Nullable Context bound) {}

    /** Runs the body. */
    abstract R run(@Nullable Object[] arguments) throws Exception;

    /** Returns the function as it was given. */
    abstract Serializable body();

    final Profile profile() {
        return profile;
    }

    final @Nullable Context bound() {
        return bound;
    }

    /** Returns the memo's own cache, which wins over every scope. */
    final @Nullable Cache cache() {
        return cache;
    }

    final Binding boundHere() {
        return new Binding(
                profile, cache, bound != null ? bound : Context.current().frozen());
    }

    final Binding inCache(Cache other) {
        return new Binding(profile, Objects.requireNonNull(other, "cache"), bound);
    }

    /** Returns the cache that a call made now would use. */
    final Cache cacheIn(Context context) {
        return cache != null ? cache : context.activeCache();
    }

    final Cache activeCache() {
        return cacheIn(bound != null ? bound : Context.current());
    }

    /** Returns the function's id. */
    public final FunctionId function() {
        return profile.id();
    }

    /**
     * Returns a query over the recorded calls of this function, of this version, in the cache that is active now.
     *
     * <p>Every pass asks that cache anew.
     */
    public final Query<R> query() {
        return Lookups.query(this);
    }

    /**
     * Declares changes of the function's code harmless: results of other code, of the same version, are filed for the
     * present code in the active cache, and are no longer there for the other.
     *
     * <p>To take over results one by one, when they are asked for, there is {@link Option#onCodeChange}. Each recorded
     * call of the function is read, its arguments are decoded, and the code is analysed that they reach; what is
     * recorded without its arguments stays where it is. Of a lambda without a name, only what code with the same body
     * computed is taken over, and of a bound receiver what it computed. Of several other codes, the one with the latest
     * results is adopted; a further adoption takes the next. A call is never there under neither of its keys. Blocks on
     * I/O.
     *
     * @throws dev.fleche.storage.StorageException if the cache cannot be read, or cannot store now
     */
    public final AdoptionReport adopt(Adoption adoption) {
        return Adopting.adopt(this, Objects.requireNonNull(adoption, "adoption"));
    }

    /**
     * Returns a call some of whose arguments are named by where their values are stored.
     *
     * <p>An argument that is an {@link Address} is loaded from the active cache and takes part as the value that it
     * names; every other one is taken as it is. {@code RecordedCall} tells the addresses of large arguments and
     * results.
     *
     * @param arguments as many as the function has
     * @throws IllegalArgumentException if the number of arguments is wrong, or an address names no value that can be
     *     used
     */
    public final Call<R> onStored(@Nullable Object... arguments) {
        return callOn(Lookups.loadArguments(this, arguments));
    }

    /** Returns this memo on an explicit cache, which wins over every scope. */
    public abstract Memo<R> in(Cache cache);

    /** Returns the number of arguments. */
    abstract int arity();

    final Digest digestOf(@Nullable Object[] arguments) {
        return Lookups.digest(this, arguments);
    }

    final boolean containsCall(@Nullable Object[] arguments) {
        return Lookups.contains(profile, activeCache(), arguments);
    }

    final R loadCall(@Nullable Object[] arguments) throws NotCachedException {
        return Lookups.load(this, activeCache(), arguments);
    }

    final R rerunCall(@Nullable Object[] arguments) {
        return Invocation.rerun(this, bound != null ? bound : Context.current(), arguments);
    }

    /** Returns whether calls made now neither look up nor store, so that there is no use in going further. */
    final boolean isOff() {
        // The thread's context is asked for only where it decides: that is most of the cost.
        return bound == null && (cache != null ? cache : Context.current().activeCache()).isVoid();
    }

    final Call<R> callOn(@Nullable Object[] arguments) {
        return new Call<>(
                this, arguments, bound != null ? bound : Context.current().frozen());
    }

    /** Returns the form in which it is serialised; no stream holds a memo itself. */
    final Object writeReplace() throws ObjectStreamException {
        return MemoForm.of(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw SerialForms.noForm(Memo.class);
    }

    private void readObjectNoData() throws InvalidObjectException {
        throw SerialForms.noForm(Memo.class);
    }

    /** Returns the function's id, and whether it is bound. */
    @Override
    public final String toString() {
        return "memo of " + profile.id() + (bound != null ? ", bound" : "");
    }
}
