package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.SharedStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LmdbSharedStoreTest extends SharedStoreContract {

    @TempDir
    private Path store;

    @Override
    protected CacheConfig config() {
        return Lmdb.config(store);
    }
}
