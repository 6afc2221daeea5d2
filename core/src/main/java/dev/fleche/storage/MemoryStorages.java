package dev.fleche.storage;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Storages in the memory of this JVM, bounded together with all others of their kind.
 *
 * <p>An entry that has to go is absent afterwards. Values that carry their object keep it, which counts as much again
 * as the bytes. Safe for use by several threads.
 */
final class MemoryStorages {

    static final String TYPE = "memory";

    private MemoryStorages() {}

    /** Opens storages that share the memory of all memory storages of this JVM. */
    static Storages open() {
        return open(SharedMemory.ofJvm());
    }

    static Storages open(SharedMemory memory) {
        return new Storages(new MemoryValueStorage(memory), new MemoryCallStorage(memory));
    }

    /** Returns what a value takes in memory. */
    static long weight(Value value) {
        return value.isShared() ? 2L * value.size() : value.size();
    }

    static final class Provider implements StorageProvider {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Storages open(CacheConfig config) {
            config.requireKnownOptions(Set.of());
            return MemoryStorages.open();
        }
    }

    /**
     * A storage's part of the shared memory.
     *
     * @param <T> the type of the entries
     */
    static final class Part<T> {

        private static final Lookup<?> CLOSED = Lookup.miss(Lookup.Reason.UNAVAILABLE, "the memory storage is closed");

        private final SharedMemory memory;
        private volatile boolean closed;

        Part(SharedMemory memory) {
            this.memory = memory;
        }

        @SuppressWarnings("unchecked")
        Lookup<T> find(Digest digest) {
            @Nullable Lookup<?> found = closed ? CLOSED : memory.find(this, digest);
            return found == null ? Lookup.absent() : (Lookup<T>) found;
        }

        boolean contains(Digest digest) {
            return !closed && memory.contains(this, digest);
        }

        boolean putIfAbsent(Digest digest, T content, long bytes) {
            requireOpen();
            boolean stored = memory.putIfAbsent(this, digest, content, bytes);
            removeIfClosed(digest);
            return stored;
        }

        void put(Digest digest, T content, long bytes) {
            requireOpen();
            memory.put(this, digest, content, bytes);
            removeIfClosed(digest);
        }

        boolean remove(Digest digest) {
            requireOpen();
            return memory.remove(this, digest);
        }

        Stream<Digest> digests() {
            requireOpen();
            return memory.digests(this);
        }

        void close() {
            closed = true;
            memory.removeAll(this);
        }

        void requireOpen() {
            if (closed) {
                throw new StorageException("the memory storage is closed; open it again");
            }
        }

        /** A storage closed in between has removed its entries already, and would never remove this one. */
        private void removeIfClosed(Digest digest) {
            if (closed) {
                memory.remove(this, digest);
            }
        }
    }
}
