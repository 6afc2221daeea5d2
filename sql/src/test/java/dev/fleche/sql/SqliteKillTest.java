package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KillAtSystemCallContract;
import java.nio.file.Path;

class SqliteKillTest extends KillAtSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return SqliteFiles.config(path);
    }
}
