package dev.fleche.transport;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call to another process, and of its result back.
 *
 * <p>For executors that make calls in place of another process. A result travels as it would be stored, whether it is
 * serializable or not; a large argument or result travels as the address at which it stands in a cache that both
 * processes open. Safe for use by several threads.
 *
 * @param <R> the type of the result
 */
public abstract class CallTransport<R extends @Nullable Object> {

    private static volatile @Nullable Function<Callable<?>, CallTransport<?>> access;

    /** Creates a transport. */
    protected CallTransport() {}

    /** Registers how a call is carried; done by the class of calls when it is initialised. */
    public static void register(Function<Callable<?>, CallTransport<?>> way) {
        access = Objects.requireNonNull(way, "way");
    }

    /** Returns the transport of a {@code Call}. */
    @SuppressWarnings("unchecked") // the way leads to a transport of the call's own type
    public static <R extends @Nullable Object> CallTransport<R> of(Callable<R> call) {
        Function<Callable<?>, CallTransport<?>> way = access;
        if (way == null) {
            throw new IllegalArgumentException(
                    "expected a call, found a " + call.getClass().getName());
        }
        return (CallTransport<R>) way.apply(call);
    }

    /**
     * Returns the same call with its large arguments stored in its cache, so that it travels with their addresses.
     *
     * <p>They are loaded when the call is made, in whatever process, and are then as they were when this method
     * returned, even if the caller has changed them since. What comes from the cache is equal in content, and of the
     * class that a hit has. Values that are stored already are not written again. The call itself is returned if no
     * argument is large, if the cache does not travel, or if it cannot store now. Blocks on I/O; encodes every
     * argument.
     *
     * @param minBytes the length of the stored encoding from which on an argument is stored
     */
    public abstract Callable<R> withStoredArguments(long minBytes);

    /**
     * Returns where the result of the latest call stands; empty if it stands in its record, or is not stored, if the
     * function returns a future, or if the cache does not travel.
     *
     * <p>Who sent the call reads the result by {@link #resultAt}. Reads the record.
     */
    public abstract Optional<Address> storedResult();

    /**
     * Returns the result that {@link #storedResult} of the same call told, loaded from the cache.
     *
     * @throws dev.fleche.cache.NotCachedException if it cannot be loaded
     */
    public abstract R resultAt(Address address);

    /**
     * Waits for the future that the call returned, if its function returns one and did not return null.
     *
     * <p>What the future fails with is thrown; an interrupt cancels it.
     */
    public abstract void await(R result) throws Exception;

    /**
     * Returns a result of this call as encoded bytes; empty if the codec cannot encode it.
     *
     * <p>{@code value.encoded()} are bytes to be sent, and {@code Value.ofEncoded} makes the value of them again for
     * {@link #decodeResult}. Of a function that returns a future, the value that the future yields is encoded; empty if
     * the function returned null instead. Does not block, and costs what storing the result costs without its I/O; the
     * result is read, not retained.
     *
     * @param result what the call returned
     * @throws IllegalArgumentException if it is a future that is not complete, or that failed
     */
    public abstract Optional<Value> encodeResult(R result);

    /**
     * Returns the result that {@link #encodeResult} of the same call encoded, in this process or another.
     *
     * <p>The bytes are untrusted: they choose no class but those that the function's signature reaches or its options
     * name. Of a function that returns a future, a completed one is returned.
     *
     * @throws dev.fleche.codec.CodecException if the bytes hold no result of the function
     */
    public abstract R decodeResult(Value value);
}
