package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KeyLocksContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteKeyLocksTest extends KeyLocksContract {

    @TempDir
    Path directory;

    @Override
    protected CacheConfig config() {
        return SqliteFiles.config(directory);
    }
}
