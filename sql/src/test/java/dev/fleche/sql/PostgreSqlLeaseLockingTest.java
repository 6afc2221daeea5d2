package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class PostgreSqlLeaseLockingTest extends LeaseLockingContract {

    @Override
    Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    CacheConfig newStore() {
        return ServerStores.newPostgreSql();
    }
}
