package dev.fleche.record;

import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A recorded call for tests in the making, and the values that its records refer to. */
final class Calls {

    static final Instant START = Instant.parse("2025-03-01T10:00:00.9Z");

    private final Map<Address, Value> stored = new HashMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private List<RecordedArgument> arguments = new ArrayList<>();
    private FunctionId function = Records.RELAX;
    private Instant stop = START.plusSeconds(2);
    private Duration wallTime = Duration.ofMillis(2500);
    private Lookup<Value> missing = Lookup.absent();
    private int loads;

    static Value encode(@Nullable Object value) {
        return Codecs.standard().encode(value, TypeContext.empty(), Integer.MAX_VALUE);
    }

    static StoredValue inline(@Nullable Object value) {
        return new StoredValue.Inline(encode(value));
    }

    /** Returns a value in the storage. */
    StoredValue separate(@Nullable Object value) {
        Value encoded = encode(value);
        stored.put(encoded.address(), encoded);
        return new StoredValue.Separate(encoded.address(), encoded.size());
    }

    /** Returns a value that is not in the storage. */
    static StoredValue lost(long sizeBytes) {
        return new StoredValue.Separate(new Address(Records.digest(77)), sizeBytes);
    }

    /** Makes {@code miss} the answer for what is not in the storage. */
    Calls missing(Lookup<Value> miss) {
        missing = miss;
        return this;
    }

    Calls argument(String name, StoredValue value) {
        arguments.add(new RecordedArgument(name, Records.digest(50), value));
        return this;
    }

    Calls noArguments() {
        arguments = new ArrayList<>();
        return this;
    }

    Calls function(String className, String methodName) {
        function = new FunctionId(className, methodName, List.of());
        return this;
    }

    Calls tag(String name, String value) {
        tags.put(name, value);
        return this;
    }

    Calls stop(Instant time) {
        stop = time;
        return this;
    }

    Calls wallTime(Duration time) {
        wallTime = time;
        return this;
    }

    /** Returns how often a value in the storage was asked for. */
    int loads() {
        return loads;
    }

    /** Returns the call made so far under the key {@code n}. */
    <R> RecordedCall<R> returning(int n, StoredValue result) {
        CallRecord record = new CallRecord(
                Records.digest(n),
                function,
                Optional.of("3"),
                Optional.empty(),
                arguments,
                result,
                Optional.empty(),
                START,
                stop,
                wallTime,
                tags,
                "17",
                List.of());
        return new RecordedCall<>(record, this::load, TypeContext.empty());
    }

    private Lookup<Value> load(Address address) {
        loads++;
        Value value = stored.get(address);
        return value == null ? missing : Lookup.hit(value);
    }
}
