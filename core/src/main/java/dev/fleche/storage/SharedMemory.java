package dev.fleche.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all memory storages of a JVM share, bounded by weight.
 *
 * <p>The limit is an eighth of the largest heap, or the system property {@value #LIMIT_PROPERTY}, which is read once.
 * Entries that are used neither lately nor often go first. One map for all storages, so that they compete for one
 * limit: an idle storage gives way to a busy one. What is kept are the look-ups themselves, so that a hit allocates
 * nothing but its key. Safe for use by several threads.
 */
final class SharedMemory {

    static final String LIMIT_PROPERTY = "dev.fleche.memory.maxBytes";

    /** What an entry takes beside its content: map node, key, digest and hit. */
    private static final int ENTRY_BYTES = 200;

    private final Cache<Slot, Entry> cache;

    SharedMemory(long maxBytes) {
        // maintenance on the calling thread: no pool is borrowed, and the limit holds when a write returns
        cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Slot slot, Entry entry) -> entry.bytes)
                .executor(Runnable::run)
                .build();
    }

    /** Returns the memory that this JVM's storages share. */
    static SharedMemory ofJvm() {
        return OfJvm.MEMORY;
    }

    /** Returns the limit that {@code property} asks for, or the default if it is null. */
    static long limit(@Nullable String property, long maxHeapBytes) {
        if (property == null) {
            return maxHeapBytes / 8;
        }
        try {
            long bytes = Long.parseLong(property.strip());
            if (bytes >= 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // told below, with what was found
        }
        throw new IllegalArgumentException(
                "expected a number of bytes in the system property " + LIMIT_PROPERTY + ", found \"" + property + "\"");
    }

    @Nullable
    Lookup<?> find(Object storage, Digest digest) {
        Entry entry = cache.getIfPresent(new Slot(storage, digest));
        return entry == null ? null : entry.hit;
    }

    boolean contains(Object storage, Digest digest) {
        return map().containsKey(new Slot(storage, digest));
    }

    boolean putIfAbsent(Object storage, Digest digest, Object content, long bytes) {
        return map().putIfAbsent(new Slot(storage, digest), new Entry(content, bytes)) == null;
    }

    void put(Object storage, Digest digest, Object content, long bytes) {
        cache.put(new Slot(storage, digest), new Entry(content, bytes));
    }

    boolean remove(Object storage, Digest digest) {
        return map().remove(new Slot(storage, digest)) != null;
    }

    /** Returns the digests of a storage's entries; passes over those of all others. */
    Stream<Digest> digests(Object storage) {
        return map().keySet().stream().filter(slot -> slot.storage == storage).map(slot -> slot.digest);
    }

    /** Returns the number of entries of all storages. */
    long size() {
        return map().size();
    }

    void removeAll(Object storage) {
        map().keySet().removeIf(slot -> slot.storage == storage);
    }

    private Map<Slot, Entry> map() {
        return cache.asMap();
    }

    /** Read when the first memory storage is opened. */
    private static final class OfJvm {
        static final SharedMemory MEMORY = new SharedMemory(
                limit(System.getProperty(LIMIT_PROPERTY), Runtime.getRuntime().maxMemory()));
    }

    /** The place of an entry: its storage, by identity, and its digest. */
    private static final class Slot {

        private final Object storage;
        private final Digest digest;

        Slot(Object storage, Digest digest) {
            this.storage = storage;
            this.digest = digest;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Slot that && storage == that.storage && digest.equals(that.digest);
        }

        @Override
        public int hashCode() {
            return digest.hashCode() + System.identityHashCode(storage);
        }
    }

    private static final class Entry {

        private final Lookup<?> hit;
        private final int bytes;

        Entry(Object content, long bytes) {
            this.hit = Lookup.hit(content);
            this.bytes = (int) Math.min(Integer.MAX_VALUE, bytes + ENTRY_BYTES);
        }
    }
}
