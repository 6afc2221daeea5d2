package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class PostgreSqlExplanationTest extends ServerExplanationContract {

    private static final CacheConfig DATABASE = ServerStores.newPostgreSql();

    @Override
    protected CacheConfig database() {
        return DATABASE;
    }
}
