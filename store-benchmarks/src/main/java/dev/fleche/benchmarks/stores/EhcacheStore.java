package dev.fleche.benchmarks.stores;

import java.nio.file.Path;
import java.util.HexFormat;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;

/**
 * Ehcache with a tier on disk below the least of one on the heap, which it insists on.
 *
 * <p>It writes in the background, and keeps what it holds only if it is closed: after a killed process it starts empty.
 * How large it may become has to be said beforehand.
 */
final class EhcacheStore implements Store.OfBytes {

    private static final String NAME = "entries";
    private static final long MEBIBYTES = 4096;

    private final PersistentCacheManager manager;
    private final Cache<String, byte[]> entries;

    private EhcacheStore(PersistentCacheManager manager) {
        this.manager = manager;
        this.entries = manager.getCache(NAME, String.class, byte[].class);
    }

    static EhcacheStore open(Path directory) {
        ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
                .heap(1, EntryUnit.ENTRIES)
                .disk(MEBIBYTES, MemoryUnit.MB, true);
        return new EhcacheStore(CacheManagerBuilder.newCacheManagerBuilder()
                .with(CacheManagerBuilder.persistence(directory.toFile()))
                .withCache(
                        NAME, CacheConfigurationBuilder.newCacheConfigurationBuilder(String.class, byte[].class, pools))
                .build(true));
    }

    @Override
    public void fill(int start, int end) {
        for (int i = start; i < end; i++) {
            put(entry(i));
        }
    }

    @Override
    public int read(byte[] key) {
        byte[] value = entries.get(text(key));
        return value == null ? -1 : value.length;
    }

    @Override
    public void put(Entries.Entry entry) {
        entries.put(text(entry.key()), entry.value());
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Arrays cannot be its keys: they have no content by {@code equals}. */
    private static String text(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
