package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class PostgreSqlUpkeepTest extends SqlUpkeepContract {

    @Override
    CacheConfig config() {
        return ServerStores.newPostgreSql();
    }

    @Override
    Database open(CacheConfig config) {
        return ServerStores.open(Dialect.POSTGRESQL, config);
    }

    @Override
    SqlUpkeep.Care care(Database database) {
        return new ServerCare(database);
    }
}
