package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class MariaDbUpkeepTest extends SqlUpkeepContract {

    @Override
    CacheConfig config() {
        return ServerStores.newMariaDb();
    }

    @Override
    Database open(CacheConfig config) {
        return ServerStores.open(Dialect.MARIADB, config);
    }

    @Override
    SqlUpkeep.Care care(Database database) {
        return new ServerCare(database);
    }
}
