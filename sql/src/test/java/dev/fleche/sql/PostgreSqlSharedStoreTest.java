package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.SharedStoreContract;

class PostgreSqlSharedStoreTest extends SharedStoreContract {

    /** With fewer connections than threads. */
    @Override
    protected CacheConfig config() {
        return ServerStores.newPostgreSql().with("poolSize", "1");
    }
}
