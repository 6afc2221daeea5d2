package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.DurableCommitContract;
import java.nio.file.Path;
import java.util.Set;

class SqliteDurableCommitTest extends DurableCommitContract {

    @Override
    protected CacheConfig config(Path path) {
        return SqliteFiles.config(path);
    }

    @Override
    protected Set<String> files() {
        return Set.of("store.sqlite3", "store.sqlite3-wal");
    }
}
