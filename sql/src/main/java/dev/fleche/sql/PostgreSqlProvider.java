package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProvider;
import dev.fleche.storage.Storages;

/**
 * The way to open storages of type {@code postgresql}, with the options {@code url}, {@code user}, {@code password},
 * {@code poolSize} and {@code durability}.
 *
 * <p>The setting {@code synchronous_commit} of its connections is off where {@code durability} is {@code fast}, and on
 * where it is {@code durable}. With it off, the last half second may be missing after a crash of the server too.
 *
 * <p>Tested with PostgreSQL 17.
 *
 * <p>The option {@code locks} says how processes agree who computes: {@code session}, the default, by locks of a
 * connection, which the server frees when their process ends; {@code lease}, behind poolers that hand out connections
 * for each transaction, by rows that run out after {@code leaseSeconds} (30) unless they are renewed; {@code none} not
 * at all.
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
