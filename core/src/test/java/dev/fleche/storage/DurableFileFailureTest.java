package dev.fleche.storage;

import dev.fleche.testing.FailingSystemCallContract;
import java.nio.file.Path;

class DurableFileFailureTest extends FailingSystemCallContract {

    @Override
    protected CacheConfig config(Path path) {
        return CacheConfig.of("files").with("path", path.toString()).with(CacheConfig.DURABILITY, "durable");
    }

    /** What cannot be deleted is left to those who sweep. */
    @Override
    protected boolean isTold(String name) {
        return !name.startsWith("unlink") && !name.equals("rmdir");
    }
}
