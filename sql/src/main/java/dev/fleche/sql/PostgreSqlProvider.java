package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProvider;
import dev.fleche.storage.Storages;

/**
 * The way to open storages of type {@code postgresql}, with the options {@code url}, {@code user}, {@code password},
 * {@code poolSize} and {@code durability}.
 */
public final class PostgreSqlProvider implements StorageProvider {

    /** Creates a provider. */
    public PostgreSqlProvider() {}

    @Override
    public String type() {
        return Dialect.POSTGRESQL.type();
    }

    @Override
    public Storages open(CacheConfig config) {
        return ServerStore.open(Dialect.POSTGRESQL, config);
    }
}
