package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.DirectoryCareContract;
import java.nio.file.Path;

class SqliteDirectoryCareTest extends DirectoryCareContract {

    @Override
    protected CacheConfig config(Path directory) {
        return SqliteFiles.config(directory);
    }
}
