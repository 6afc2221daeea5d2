package dev.fleche.sql;

import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.ValueStorage;
import dev.fleche.testing.ValueStorageContract;

class MariaDbValueStorageTest extends ValueStorageContract {

    @Override
    protected ValueStorage openValues() {
        return StorageProviders.open(ServerStores.newMariaDb()).values();
    }
}
