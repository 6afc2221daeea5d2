package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProvider;
import dev.fleche.storage.Storages;

/**
 * The way to open storages of type {@code mariadb}, with the options {@code url}, {@code user}, {@code password},
 * {@code poolSize} and {@code durability}.
 *
 * <p>How long what was stored lasts is the server's to say, for all who use it: with its default,
 * {@code innodb_flush_log_at_trx_commit=1}, each save waits for the disk, whatever {@code durability} asks for. A store
 * that is to be durable on a server with another setting is opened with a warning.
 *
 * <p>Tested with MariaDB 11.4; not with MySQL.
 *
 * <p>The option {@code locks} says how processes agree who computes: {@code session}, the default, by locks of a
 * connection, which the server frees when their process ends; {@code lease}, behind poolers that hand out connections
 * for each transaction, by rows that run out after {@code leaseSeconds} (30) unless they are renewed; {@code none} not
 * at all.
 */
public final class MariaDbProvider implements StorageProvider {

    /** Creates a provider. */
    public MariaDbProvider() {}

    @Override
    public String type() {
        return Dialect.MARIADB.type();
    }

    @Override
    public Storages open(CacheConfig config) {
        return ServerStore.open(Dialect.MARIADB, config);
    }
}
