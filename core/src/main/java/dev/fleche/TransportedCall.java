package dev.fleche;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.transport.CallTransport;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call as those see it who carry it to another process. Immutable.
 *
 * @param <R> the type of the result
 */
final class TransportedCall<R extends @Nullable Object> extends CallTransport<R> {

    private final Call<R> call;

    private TransportedCall(Call<R> call) {
        this.call = call;
    }

    /** The way from a call to its transport. */
    static final class Way implements Function<Callable<?>, CallTransport<?>> {
        @Override
        public CallTransport<?> apply(Callable<?> task) {
            if (task instanceof Call<?> call) {
                return new TransportedCall<>(call);
            }
            throw new IllegalArgumentException(
                    "expected a call, found a " + task.getClass().getName());
        }
    }

    @Override
    public Callable<R> withStoredArguments(long minBytes) {
        return call.withStoredArguments(minBytes);
    }

    @Override
    public Optional<Address> storedResult() {
        return call.storedResult();
    }

    @Override
    public R resultAt(Address address) {
        return call.resultAt(address);
    }

    @Override
    public void await(R result) throws Exception {
        if (result != null) {
            Object unused = SentResults.await(call.memo().profile(), result);
        }
    }

    @Override
    public Optional<Value> encodeResult(R result) {
        return call.encodeResult(result);
    }

    @Override
    public R decodeResult(Value value) {
        return call.decodeResult(value);
    }
}
