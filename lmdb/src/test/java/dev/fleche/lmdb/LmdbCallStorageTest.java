package dev.fleche.lmdb;

import dev.fleche.storage.CallStorage;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.CallStorageContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class LmdbCallStorageTest extends CallStorageContract {

    @TempDir
    Path directory;

    private final List<Storages> opened = new ArrayList<>();

    @Override
    protected CallStorage openCalls() {
        Storages storages = StorageProviders.open(Lmdb.config(directory.resolve("store")));
        opened.add(storages);
        return storages.calls();
    }

    @AfterEach
    void closeValues() {
        opened.forEach(storages -> storages.values().close());
    }
}
