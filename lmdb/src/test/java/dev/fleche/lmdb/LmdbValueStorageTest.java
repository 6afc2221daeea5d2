package dev.fleche.lmdb;

import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.storage.ValueStorage;
import dev.fleche.testing.ValueStorageContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class LmdbValueStorageTest extends ValueStorageContract {

    @TempDir
    Path directory;

    private final List<Storages> opened = new ArrayList<>();

    @Override
    protected ValueStorage openValues() {
        Storages storages = StorageProviders.open(Lmdb.config(directory.resolve("store")));
        opened.add(storages);
        return storages.values();
    }

    @AfterEach
    void closeCalls() {
        opened.forEach(storages -> storages.calls().close());
    }
}
