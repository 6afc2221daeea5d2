package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KeyLocksContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LmdbKeyLocksTest extends KeyLocksContract {

    @TempDir
    Path directory;

    @Override
    protected CacheConfig config() {
        return Lmdb.config(directory.resolve("store"));
    }
}
