package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.codec.CodecException;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.Lookup;
import dev.fleche.record.StoredValue;
import dev.fleche.transport.CallTransport;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A memoised function and its arguments, ready to run anywhere.
 *
 * <p>Bound to the scope in which it was made: its cache, its tags. Whoever runs it needs to know nothing of caches. The
 * arguments are kept as they are, not copied, and keyed when the call is made. Safe for use by several threads as far
 * as its arguments are.
 *
 * <p>A call travels to other processes, by Java's serialisation. Each argument goes as the codec encodes it, be it
 * serializable or not, and what the codec refuses by Java's serialisation, as does what the function captured; what
 * neither carries is named by the {@code NotSerializableException}. Encoded arguments are decoded there when they are
 * needed, into classes that the function's signature reaches or {@link Option#allow} names. The cache travels as its
 * {@link Cache#config configuration}, which opens the same directory there when the call is made. A cache without
 * configuration refuses to travel. A call on a memory cache runs in the other process and keeps nothing there, with one
 * warning; with {@link Option#strict} it throws {@code StorageException}. So does one whose cache cannot be opened
 * there. A receiver that itself holds the memo or call must not serialise it: mark that field {@code transient}. Read
 * calls from elsewhere behind a {@link SerialFilter}.
 *
 * @param <R> the type of the result
 */
public final class Call<R extends @Nullable Object> implements SerializableCallable<R>, Supplier<R> {

    private static final long serialVersionUID = 1;

    static {
        CallTransport.register(new TransportedCall.Way());
    }

    private final transient Memo<R> memo;
    private final transient @Nullable Object[] arguments;
    private final transient Context context;
    private transient volatile @Nullable Digest made;

    Call(Memo<R> memo, @Nullable Object[] arguments, Context context) {
        this.memo = memo;
        this.arguments = arguments;
        this.context = context;
    }

    /**
     * Returns the result: the stored one, or else that of the body, whose exceptions pass unchanged.
     *
     * @throws LostArgumentException if a stored argument cannot be loaded
     * @throws CodecException if an argument that came from another process cannot be decoded in this one; every method
     *     that needs the arguments throws it then
     */
    @Override
    public R call() {
        return Invocation.callIn(context, memo, arguments(), key -> made = key);
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
     * @throws LostArgumentException if a stored argument cannot be loaded
     */
    public Digest digest() {
        return Lookups.digest(memo, arguments());
    }

    /**
     * Returns whether the call is recorded; the body does not run and no value of its record is read.
     *
     * @throws dev.fleche.digest.UndigestibleException if an argument has no digest
     * @throws LostArgumentException if a stored argument cannot be loaded
     */
    public boolean contains() {
        return cache().contains(digest());
    }

    /**
     * Returns the stored result; the body never runs.
     *
     * @throws NotCachedException if there is none that can be used
     * @throws dev.fleche.digest.UndigestibleException if an argument has no digest
     * @throws LostArgumentException if a stored argument cannot be loaded
     */
    public R load() {
        return Lookups.load(memo, cache(), arguments());
    }

    /**
     * Returns why the call hits or misses, in a sentence and as data; the body does not run.
     *
     * <p>A miss whose call is not recorded is compared with all recorded calls of the function, so all records are
     * read, and some arguments. Trouble is an explanation too: never throws for that of the storage or of a key.
     *
     * @throws LostArgumentException if a stored argument cannot be loaded
     */
    public Explanation explain() {
        return Explainer.explain(memo.profile(), cache(), arguments());
    }

    /**
     * Runs the body, and those of nested memoised calls, whatever is stored, and replaces what is stored.
     *
     * @throws LostArgumentException if a stored argument cannot be loaded
     */
    public R rerun() {
        return Invocation.rerun(memo, context, arguments());
    }

    /**
     * Starts this call: returns a completed future if its result is stored, or else gives it to {@code executor}.
     *
     * <p>The look-up happens on this thread, and the executor is not touched by a hit. Cancelling the future with
     * {@code true} interrupts the body if it is running; one that has not begun does not run. An exception of the body
     * completes the future as it is. In a {@link RemoteExecutor} the call is submitted as by {@link Fleche#wrap}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take the call
     */
    public CompletableFuture<R> start(Executor executor) {
        return StartedCall.start(within(Context.current()), Objects.requireNonNull(executor, "executor"));
    }

    /**
     * Submits this call in a way of the caller's, such as to an executor with options of its own:
     * {@code call.submit(task -> executor.submit(task, options))}.
     *
     * <p>If the result is stored, {@code how} is not called and the future is completed. The look-up happens on this
     * thread. What {@code how} throws passes unchanged.
     *
     * @param how submits the task that it is given, this call, and returns its future
     */
    public Future<R> submit(Function<? super Callable<R>, ? extends Future<R>> how) {
        return CallFuture.of(within(Context.current()), Objects.requireNonNull(how, "how"));
    }

    /** Returns this call as it is when made in {@code outer}: part of a rerun that is under way there. */
    Call<R> within(Context outer) {
        return in(context.within(outer));
    }

    /** Returns this call bound to another context. */
    Call<R> in(Context other) {
        return other == context ? this : new Call<>(memo, arguments, other);
    }

    /** Returns the same call with its large arguments stored; see {@link CallTransport#withStoredArguments}. */
    Call<R> withStoredArguments(long minBytes) {
        if (!TravelledCache.travels(cache())) {
            return this;
        }
        @Nullable Object[] stored = StoredArguments.store(memo, cache(), arguments, minBytes);
        return stored == arguments ? this : new Call<>(memo, stored, context);
    }

    /** Returns where the result of the latest {@link #call} stands; see {@link CallTransport#storedResult}. */
    Optional<Address> storedResult() {
        Digest key = made;
        if (key == null || !TravelledCache.travels(cache())) {
            return Optional.empty();
        }
        try {
            StoredValue result =
                    cache().load(key, memo.profile().context()).record().result();
            return result instanceof StoredValue.Separate separate ? Optional.of(separate.address()) : Optional.empty();
        } catch (NotCachedException e) {
            // removed since, or never stored: the result itself is what the caller has
            return Optional.empty();
        }
    }

    /** Returns the result that stands at {@code address}; see {@link CallTransport#resultAt}. */
    // the caller says that it is a result of this function, whose class is checked; R says if null
    @SuppressWarnings({"unchecked", "NullAway"})
    R resultAt(Address address) {
        Lookup<@Nullable Object> found =
                cache().findValue(address, memo.profile().context());
        if (found instanceof Lookup.Hit<@Nullable Object> hit
                && memo.profile().context().isResult(hit.value())) {
            return (R) memo.profile().returned(hit.value());
        }
        throw new NotCachedException("no usable result of " + memo.profile().label() + " stands at " + address
                + (found instanceof Lookup.Miss<@Nullable Object> miss ? " (" + miss.reason() + ")" : ""));
    }

    /** Returns a result of this call as encoded bytes; see {@link CallTransport#encodeResult}. */
    Optional<Value> encodeResult(R result) {
        return SentResults.encode(memo.profile(), result);
    }

    /** Returns the result that {@link #encodeResult} encoded; see {@link CallTransport#decodeResult}. */
    // a result of this function, whose class is checked; R says if null
    @SuppressWarnings({"unchecked", "NullAway"})
    R decodeResult(Value value) {
        return (R) SentResults.decode(memo.profile(), Objects.requireNonNull(value, "value"));
    }

    /** Finds the stored result for who can do without it; never throws. */
    Lookup<R> find() {
        return Lookups.find(this);
    }

    Memo<R> memo() {
        return memo;
    }

    Context context() {
        return context;
    }

    Cache cache() {
        return memo.cacheIn(context);
    }

    /** Returns the arguments themselves, those that are stored too. */
    @Nullable
    Object[] arguments() {
        return StoredArguments.load(memo, cache(), arguments);
    }

    private Object writeReplace() throws NotSerializableException {
        return CallForm.of(memo, arguments, context);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw SerialForms.noForm(Call.class);
    }

    /** Returns the function's id and the number of arguments. */
    @Override
    public String toString() {
        return "call of " + memo.function() + " with " + arguments.length + " arguments";
    }
}
