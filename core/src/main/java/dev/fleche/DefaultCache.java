package dev.fleche;

import dev.fleche.cache.Cache;
import org.jspecify.annotations.Nullable;

/** The cache of the whole process: the one that was set, or else one in memory. Safe for use by several threads. */
final class DefaultCache {

    private static volatile @Nullable Cache current;

    private DefaultCache() {}

    static Cache get() {
        Cache cache = current;
        return cache != null ? cache : InMemory.CACHE;
    }

    static void set(Cache cache) {
        current = cache;
    }

    /** Made when it is first needed. */
    private static final class InMemory {
        static final Cache CACHE = Cache.memory();
    }
}
