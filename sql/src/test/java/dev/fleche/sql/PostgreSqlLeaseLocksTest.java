package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class PostgreSqlLeaseLocksTest extends ServerKeyLocksContract {

    private final CacheConfig config =
            ServerStores.newPostgreSql().with("locks", "lease").with("leaseSeconds", "2");

    @Override
    protected CacheConfig config() {
        return config;
    }
}
