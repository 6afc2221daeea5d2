package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.SharedStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSharedStoreTest extends SharedStoreContract {

    @TempDir
    private Path store;

    @Override
    protected CacheConfig config() {
        return SqliteFiles.config(store);
    }
}
