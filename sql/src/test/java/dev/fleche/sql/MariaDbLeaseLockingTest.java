package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class MariaDbLeaseLockingTest extends LeaseLockingContract {

    @Override
    Dialect dialect() {
        return Dialect.MARIADB;
    }

    @Override
    CacheConfig newStore() {
        return ServerStores.newMariaDb();
    }
}
