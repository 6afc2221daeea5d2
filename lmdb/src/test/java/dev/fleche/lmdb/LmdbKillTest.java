package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.KillAtSystemCallContract;
import java.nio.file.Path;

class LmdbKillTest extends KillAtSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return Lmdb.config(path);
    }
}
