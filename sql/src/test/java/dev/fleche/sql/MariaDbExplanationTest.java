package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;

class MariaDbExplanationTest extends ServerExplanationContract {

    private static final CacheConfig DATABASE = ServerStores.newMariaDb();

    @Override
    protected CacheConfig database() {
        return DATABASE;
    }
}
