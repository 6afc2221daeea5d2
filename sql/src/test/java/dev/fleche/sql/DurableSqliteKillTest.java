package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KillAtSystemCallContract;
import java.nio.file.Path;

class DurableSqliteKillTest extends KillAtSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return SqliteFiles.config(path).with(CacheConfig.DURABILITY, "durable");
    }
}
