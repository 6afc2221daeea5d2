package dev.fleche.sql;

import dev.fleche.storage.CallStorage;
import dev.fleche.storage.StorageProviders;
import dev.fleche.testing.CallStorageContract;

class PostgreSqlCallStorageTest extends CallStorageContract {

    @Override
    protected CallStorage openCalls() {
        return StorageProviders.open(ServerStores.newPostgreSql()).calls();
    }
}
