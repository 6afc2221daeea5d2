package dev.fleche.sql;

import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.ValueStorage;
import dev.fleche.testing.ValueStorageContract;

class PostgreSqlValueStorageTest extends ValueStorageContract {

    @Override
    protected ValueStorage openValues() {
        return StorageProviders.open(ServerStores.newPostgreSql()).values();
    }
}
