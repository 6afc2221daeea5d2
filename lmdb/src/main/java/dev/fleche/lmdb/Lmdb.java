package dev.fleche.lmdb;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.util.Objects;

/** Caches in LMDB, shared by the threads and processes of one machine, for millions of small entries. */
public final class Lmdb {

    private Lmdb() {}

    /**
     * Returns the cache in LMDB of a directory, which is made if it does not exist.
     *
     * @throws dev.fleche.storage.StorageException if the directory holds something else
     */
    public static Cache open(Path directory) {
        return Cache.open(config(directory));
    }

    /** Returns the configuration of the cache in LMDB of a directory. */
    public static CacheConfig config(Path directory) {
        return CacheConfig.of(LmdbStore.TYPE)
                .with(
                        LmdbOptions.PATH,
                        Objects.requireNonNull(directory, "directory").toAbsolutePath().toString());
    }
}
