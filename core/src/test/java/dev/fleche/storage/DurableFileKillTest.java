package dev.fleche.storage;

import dev.fleche.testing.KillAtSystemCallContract;
import java.nio.file.Path;

class DurableFileKillTest extends KillAtSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return CacheConfig.of("files").with("path", path.toString()).with(CacheConfig.DURABILITY, "durable");
    }
}
