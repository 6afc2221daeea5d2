package dev.fleche.storage;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.StoredValue;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A call storage in memory. */
final class MemoryCallStorage implements CallStorage {

    /** The objects of a record beside its arguments and texts. */
    private static final int RECORD_BYTES = 400;

    /** The objects of an argument, and of a tag, beside their texts and values. */
    private static final int PART_BYTES = 150;

    private final MemoryStorages.Part<CallRecord> part;

    MemoryCallStorage(SharedMemory memory) {
        part = new MemoryStorages.Part<>(memory);
    }

    @Override
    public Lookup<CallRecord> find(Digest key) {
        return part.find(key);
    }

    @Override
    public boolean contains(Digest key) {
        return part.contains(key);
    }

    @Override
    public boolean putIfAbsent(CallRecord record) {
        return part.putIfAbsent(record.key(), record, weight(record));
    }

    @Override
    public void replace(CallRecord record) {
        part.put(record.key(), record, weight(record));
    }

    @Override
    public boolean remove(Digest key) {
        return part.remove(key);
    }

    @Override
    public Stream<Digest> keys() {
        return part.digests();
    }

    @Override
    public Stream<CallRecord> records() {
        return part.digests()
                .flatMap(key ->
                        find(key) instanceof Lookup.Hit<CallRecord> hit ? Stream.of(hit.value()) : Stream.empty());
    }

    /** Notes nothing: no other process can collect what this one is about to refer to. */
    @Override
    public Admission admit(Digest key, Set<Address> values) {
        part.requireOpen();
        return () -> {};
    }

    @Override
    public void close() {
        part.close();
    }

    private static long weight(CallRecord record) {
        long bytes = RECORD_BYTES + weight(record.result());
        for (RecordedArgument argument : record.arguments()) {
            bytes += PART_BYTES + argument.name().length() + weight(argument.value());
        }
        for (Map.Entry<String, String> tag : record.tags().entrySet()) {
            bytes += PART_BYTES + tag.getKey().length() + tag.getValue().length();
        }
        for (CallRecord.UnknownField field : record.unknownFields()) {
            bytes += PART_BYTES + field.content().length;
        }
        return bytes;
    }

    private static long weight(StoredValue value) {
        return value instanceof StoredValue.Inline inline ? MemoryStorages.weight(inline.value()) : 0;
    }
}
