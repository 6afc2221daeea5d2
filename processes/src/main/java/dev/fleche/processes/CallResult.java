package dev.fleche.processes;

import dev.fleche.Call;
import dev.fleche.codec.Value;
import dev.fleche.transport.CallTransport;
import java.io.ObjectStreamException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a memoised call on its way from a worker, where it is no scalar. */
sealed interface CallResult {

    /** The length of an encoded argument or result from which on it travels as the address at which it is stored. */
    long MIN_STORED_BYTES = 1 << 20;

    /** Returns the result, given the call that was sent. */
    <R extends @Nullable Object> R of(Call<R> call);

    /** A result as the function's codec writes it, so that it need not be serializable. */
    record Encoded(Value value) implements CallResult {

        @Override
        public <R extends @Nullable Object> R of(Call<R> call) {
            return CallTransport.of(call).decodeResult(value);
        }
    }

    /** A result that stands in the cache that both processes open. */
    record Stored(dev.fleche.digest.Address address) implements CallResult {

        @Override
        public <R extends @Nullable Object> R of(Call<R> call) {
            return CallTransport.of(call).resultAt(address);
        }
    }

    /** A call whose result is wanted itself, since the parent could not load it. */
    record Inline<R extends @Nullable Object>(Call<R> plain) implements dev.fleche.SerializableCallable<R> {

        private static final long serialVersionUID = 1;

        @Override
        public R call() {
            return plain.call();
        }
    }

    /** Returns what a worker sends of a result. */
    static <R extends @Nullable Object> Payload encode(Call<R> call, R result, boolean mayRefer, TaskCodec codec)
            throws ObjectStreamException {
        Payload scalar = TaskCodec.scalar(result);
        if (scalar != null) {
            return scalar;
        }
        CallTransport<R> transport = CallTransport.of(call);
        Optional<Value> value = transport.encodeResult(result);
        if (value.isEmpty()) {
            return codec.encode(result);
        }
        Optional<dev.fleche.digest.Address> stored =
                mayRefer && value.get().size() >= MIN_STORED_BYTES ? transport.storedResult() : Optional.empty();
        return stored.isPresent() ? codec.encode(new Stored(stored.get())) : codec.encode(new Encoded(value.get()));
    }

    /** Returns the result that a worker sent. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the worker ran what returns an R, which says if null
    static <R extends @Nullable Object> R decode(Call<R> call, @Nullable Object returned) {
        return returned instanceof CallResult result ? result.of(call) : (R) returned;
    }
}
