package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KeyLocksContract;

class MariaDbLeaseLocksTest extends KeyLocksContract {

    private final CacheConfig config = ServerStores.newMariaDb().with("locks", "lease").with("leaseSeconds", "2");

    @Override
    protected CacheConfig config() {
        return config;
    }
}
