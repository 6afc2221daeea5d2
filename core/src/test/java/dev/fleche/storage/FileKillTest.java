package dev.fleche.storage;

import dev.fleche.testing.KillAtSystemCallContract;
import java.nio.file.Path;

class FileKillTest extends KillAtSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return CacheConfig.of("files").with("path", path.toString());
    }
}
