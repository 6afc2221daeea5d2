package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KeyLocksContract;

class PostgreSqlLeaseLocksTest extends KeyLocksContract {

    private final CacheConfig config = ServerStores.newPostgreSql().with("locks", "lease").with("leaseSeconds", "2");

    @Override
    protected CacheConfig config() {
        return config;
    }
}
