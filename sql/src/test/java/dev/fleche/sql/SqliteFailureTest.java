package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.FailingSystemCallContract;
import java.nio.file.Path;

class SqliteFailureTest extends FailingSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return SqliteFiles.config(path);
    }
}
