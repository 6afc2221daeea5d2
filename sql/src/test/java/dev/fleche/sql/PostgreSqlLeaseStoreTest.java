package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.SharedStoreContract;
import java.time.Duration;

class PostgreSqlLeaseStoreTest extends SharedStoreContract {

    @Override
    protected CacheConfig config() {
        return ServerStores.newPostgreSql().with("locks", "lease").with("leaseSeconds", "2");
    }

    /** Leases run out. */
    @Override
    protected Duration replacement() {
        return Duration.ofSeconds(4);
    }
}
