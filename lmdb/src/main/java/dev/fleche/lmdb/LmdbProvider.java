package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProvider;
import dev.fleche.storage.Storages;

/** Opens storages of type {@code lmdb}; found by {@link java.util.ServiceLoader}. */
public final class LmdbProvider implements StorageProvider {

    /** Creates a provider; for {@link java.util.ServiceLoader}. */
    public LmdbProvider() {}

    @Override
    public String type() {
        return LmdbStore.TYPE;
    }

    @Override
    public Storages open(CacheConfig config) {
        return LmdbStore.open(LmdbOptions.of(config));
    }
}
