package dev.fleche.storage;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import java.util.stream.Stream;

/** A value storage in memory. */
final class MemoryValueStorage implements ValueStorage {

    private final MemoryStorages.Part<Value> part;

    MemoryValueStorage(SharedMemory memory) {
        part = new MemoryStorages.Part<>(memory);
    }

    @Override
    public void put(Value value) {
        // the same bytes, perhaps decoded already: the object is worth having, and must not be lost again
        if (value.isShared()) {
            part.put(value.address().sha256(), value, MemoryStorages.weight(value));
        } else {
            part.putIfAbsent(value.address().sha256(), value, MemoryStorages.weight(value));
        }
    }

    @Override
    public Lookup<Value> find(Address address) {
        return part.find(address.sha256());
    }

    @Override
    public boolean contains(Address address) {
        return part.contains(address.sha256());
    }

    @Override
    public boolean remove(Address address) {
        return part.remove(address.sha256());
    }

    @Override
    public Stream<Address> addresses() {
        return part.digests().map(Address::new);
    }

    @Override
    public void close() {
        part.close();
    }
}
