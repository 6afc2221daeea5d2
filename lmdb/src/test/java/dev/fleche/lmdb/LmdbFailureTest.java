package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.FailingSystemCallContract;
import java.nio.file.Path;

class LmdbFailureTest extends FailingSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return Lmdb.config(path);
    }
}
