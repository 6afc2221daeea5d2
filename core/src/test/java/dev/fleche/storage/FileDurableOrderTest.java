package dev.fleche.storage;

import dev.fleche.testing.DurableOrderContract;
import java.nio.file.Path;

class FileDurableOrderTest extends DurableOrderContract {

    @Override
    protected CacheConfig config(Path path) {
        return CacheConfig.of("files").with("path", path.toString());
    }
}
