package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class MariaDbLeaseLocksTest extends ServerKeyLocksContract {

    private final CacheConfig config =
            ServerStores.newMariaDb().with("locks", "lease").with("leaseSeconds", "2");

    @Override
    protected CacheConfig config() {
        return config;
    }
}
