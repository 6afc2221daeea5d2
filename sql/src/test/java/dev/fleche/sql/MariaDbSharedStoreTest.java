package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.SharedStoreContract;

class MariaDbSharedStoreTest extends SharedStoreContract {

    @Override
    protected CacheConfig config() {
        return ServerStores.newMariaDb();
    }
}
