package dev.fleche.cache;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;

/**
 * The memory caches of this JVM that were asked for their configuration, each with an id that no other JVM gives.
 *
 * <p>Holds none of them: a cache that is out of use goes. Safe for use by several threads.
 */
final class MemoryCaches {

    /** The name of the option that says which one is meant. */
    static final String ID = "id";

    private static final String JVM = UUID.randomUUID().toString();
    private static final Map<StoreCache, Integer> NUMBERS = new WeakHashMap<>();
    private static int count;

    private MemoryCaches() {}

    /** Returns the configuration that leads back to {@code cache} within this JVM. */
    static CacheConfig configOf(StoreCache cache, CacheConfig config) {
        synchronized (NUMBERS) {
            return config.with(ID, JVM + "." + NUMBERS.computeIfAbsent(cache, unknown -> ++count));
        }
    }

    /**
     * Returns a handle on the cache that a configuration with an id means; closing it leaves the cache open.
     *
     * @throws StorageException if it is one of another process, or is closed
     */
    static Cache find(CacheConfig config) {
        String id = config.options().get(ID);
        synchronized (NUMBERS) {
            for (Map.Entry<StoreCache, Integer> each : NUMBERS.entrySet()) {
                if ((JVM + "." + each.getValue()).equals(id) && !each.getKey().isClosed()) {
                    return new CacheHandle(each.getKey(), () -> {});
                }
            }
        }
        throw new StorageException(
                String.valueOf(id).startsWith(JVM + ".")
                        ? "the memory cache " + id + " is closed"
                        : "a memory cache cannot be opened by another process than the one it is in; use a cache that"
                                + " both can open, such as Cache.open(path), or submit through Fleche.wrap, which looks"
                                + " up and stores on the submitting side");
    }
}
