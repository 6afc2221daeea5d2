package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.DirectoryCareContract;
import java.nio.file.Path;

class LmdbDirectoryCareTest extends DirectoryCareContract {

    @Override
    protected CacheConfig config(Path directory) {
        return Lmdb.config(directory);
    }
}
