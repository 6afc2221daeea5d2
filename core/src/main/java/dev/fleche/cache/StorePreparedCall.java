package dev.fleche.cache;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.Storages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A prepared call of a {@link StoreCache}. */
final class StorePreparedCall implements PreparedCall {

    private final StoreCache cache;
    private final Storages storages;
    private final KeyedCall call;
    private final List<RecordedArgument> arguments;
    private final CallStorage.@Nullable Admission admission;
    private final Completion completion;

    private StorePreparedCall(
            StoreCache cache,
            Storages storages,
            KeyedCall call,
            List<RecordedArgument> arguments,
            CallStorage.@Nullable Admission admission) {
        this.cache = cache;
        this.storages = storages;
        this.call = call;
        this.arguments = arguments;
        this.admission = admission;
        this.completion = new Completion(call.function());
    }

    /** Encodes the arguments, and stores those that do not fit into the record under an admission. */
    static StorePreparedCall prepare(StoreCache cache, Storages storages, KeyedCall call) {
        List<RecordedArgument> arguments = new ArrayList<>(call.arguments().size());
        List<Value> separate = new ArrayList<>();
        for (KeyedCall.Argument argument : call.arguments()) {
            arguments.add(new RecordedArgument(
                    argument.name(), argument.digest(), encoded(argument.value(), call, separate)));
        }
        CallStorage.Admission admission = null;
        if (!separate.isEmpty()) {
            admission = admit(storages, call.key(), separate);
        }
        return new StorePreparedCall(cache, storages, call, arguments, admission);
    }

    private static StoredValue encoded(@Nullable Object argument, KeyedCall call, List<Value> separate) {
        Value value;
        try {
            value = Codecs.standard().encode(argument, call.context(), call.maxArgumentBytes());
        } catch (CodecException e) {
            // The digest alone is enough for the key; only a query misses the value.
            return new StoredValue.NotStored();
        }
        if (value.size() <= StoredValue.MAX_INLINE_BYTES) {
            return new StoredValue.Inline(value);
        }
        separate.add(value);
        return new StoredValue.Separate(value.address(), value.size());
    }

    private static CallStorage.Admission admit(Storages storages, Digest key, List<Value> values) {
        Set<Address> addresses = new HashSet<>();
        values.forEach(value -> addresses.add(value.address()));
        CallStorage.Admission admission = storages.calls().admit(key, addresses);
        boolean stored = false;
        try {
            values.forEach(storages.values()::put);
            stored = true;
            return admission;
        } finally {
            if (!stored) {
                admission.close();
            }
        }
    }

    @Override
    public Outcome commit(Value result, Optional<Digest> resultDigest, Timing timing) {
        completion.commit();
        try {
            Outcome outcome = file(record(place(result), resultDigest, timing));
            cache.committed(call.function(), timing.wallTime());
            return outcome;
        } catch (StorageException e) {
            cache.failed();
            throw e;
        } finally {
            endAdmission();
        }
    }

    private StoredValue place(Value result) {
        if (result.size() <= StoredValue.MAX_INLINE_BYTES) {
            return new StoredValue.Inline(result);
        }
        storages.values().put(result);
        return new StoredValue.Separate(result.address(), result.size());
    }

    private CallRecord record(StoredValue result, Optional<Digest> resultDigest, Timing timing) {
        return new CallRecord(
                call.key(),
                call.function(),
                call.version(),
                call.codeDigest(),
                arguments,
                result,
                resultDigest,
                timing.start(),
                timing.stop(),
                timing.wallTime(),
                call.tags(),
                Runtime.version().toString(),
                List.of());
    }

    private Outcome file(CallRecord record) {
        if (call.replaces()) {
            storages.calls().replace(record);
            return Outcome.STORED;
        }
        if (storages.calls().putIfAbsent(record)) {
            return Outcome.STORED;
        }
        // what was damaged when this call looked it up may have been healed by another meanwhile: the first one wins
        if (storages.calls().find(record.key()) instanceof Lookup.Hit<CallRecord> hit
                && cache.isUsable(hit.value(), call.context())) {
            return isSameResult(hit.value(), record) ? Outcome.ALREADY_THERE : Outcome.DIFFERS;
        }
        storages.calls().replace(record);
        return Outcome.STORED;
    }

    /** Compares by digest where both have one: two encodings of equal content may differ. */
    private static boolean isSameResult(CallRecord one, CallRecord other) {
        if (one.resultDigest().isPresent() && other.resultDigest().isPresent()) {
            return one.resultDigest().equals(other.resultDigest());
        }
        return addressOf(one.result()).equals(addressOf(other.result()));
    }

    private static Address addressOf(StoredValue result) {
        return result instanceof StoredValue.Inline inline
                ? inline.value().address()
                : ((StoredValue.Separate) result).address();
    }

    @Override
    public void abandon() {
        if (completion.abandon()) {
            endAdmission();
        }
    }

    private void endAdmission() {
        if (admission != null) {
            admission.close();
        }
    }

    @Override
    public void close() {
        abandon();
    }
}
