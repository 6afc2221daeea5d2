package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KillAtSystemCallContract;
import java.nio.file.Path;

class DurableLmdbKillTest extends KillAtSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return Lmdb.config(path).with(CacheConfig.DURABILITY, "durable");
    }
}
