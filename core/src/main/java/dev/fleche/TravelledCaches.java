package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The travelled caches that are in use, one for each configuration. Safe for use by several threads. */
final class TravelledCaches {

    /* Who closes them.
     *
     * A call that came in a stream is dropped when it is done, and nobody would close the cache that came
     * with it. So all that name one configuration share one handle, which is closed when the last of them
     * is garbage. A process that gets call after call on one directory would open it anew after each
     * collection, so those that came last are held. Memory caches are not among them: that would keep
     * their content from going.
     */
    private static final int MAX_HELD = 16;

    private static final Map<CacheConfig, WeakReference<TravelledCache>> KNOWN = new HashMap<>();
    private static final Map<CacheConfig, TravelledCache> HELD = new LinkedHashMap<>(MAX_HELD, 0.75f, true);
    private static @Nullable Cleaner cleaner;

    private TravelledCaches() {}

    /** The opened cache behind a travelled one, to be closed when that is garbage; does not refer to it. */
    static final class Opened implements Runnable {

        private final CacheConfig config;
        private volatile @Nullable Cache cache;

        Opened(CacheConfig config) {
            this.config = config;
        }

        @Nullable
        Cache cache() {
            return cache;
        }

        void set(Cache opened) {
            cache = opened;
        }

        @Override
        public void run() {
            Cache opened = cache;
            if (opened != null) {
                opened.close();
            }
            forget(config);
        }
    }

    /** Returns the cache of a configuration that other processes open as well; nothing is opened yet. */
    static synchronized TravelledCache get(CacheConfig config) {
        WeakReference<TravelledCache> known = KNOWN.get(config);
        TravelledCache cache = known == null ? null : known.get();
        if (cache == null) {
            cache = create(config);
            KNOWN.put(config, new WeakReference<>(cache));
        }
        HELD.put(config, cache);
        if (HELD.size() > MAX_HELD) {
            HELD.remove(HELD.keySet().iterator().next());
        }
        return cache;
    }

    private static TravelledCache create(CacheConfig config) {
        Cleaner closer = cleaner;
        if (closer == null) {
            closer = Cleaner.create();
            cleaner = closer;
        }
        Opened opened = new Opened(config);
        TravelledCache cache = new TravelledCache(config, opened, System::nanoTime);
        closer.register(cache, opened);
        return cache;
    }

    private static synchronized void forget(CacheConfig config) {
        WeakReference<TravelledCache> known = KNOWN.get(config);
        if (known != null && known.get() == null) {
            KNOWN.remove(config);
        }
    }
}
