package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.DurableCommitContract;
import java.nio.file.Path;
import java.util.Set;

class LmdbDurableCommitTest extends DurableCommitContract {

    @Override
    protected CacheConfig config(Path path) {
        return Lmdb.config(path);
    }

    @Override
    protected Set<String> files() {
        return Set.of("lmdb/data.mdb");
    }
}
