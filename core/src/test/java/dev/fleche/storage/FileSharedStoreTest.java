package dev.fleche.storage;

import dev.fleche.testing.SharedStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSharedStoreTest extends SharedStoreContract {

    @TempDir
    private Path store;

    @Override
    protected CacheConfig config() {
        return CacheConfig.of("files").with("path", store.toString());
    }
}
