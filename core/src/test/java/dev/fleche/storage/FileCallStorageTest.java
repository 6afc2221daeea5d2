package dev.fleche.storage;

import dev.fleche.testing.CallStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileCallStorageTest extends CallStorageContract {

    @TempDir
    Path directory;

    @Override
    protected CallStorage openCalls() {
        return FileStorages.open(directory.resolve("store")).calls();
    }

    @Nested
    class WithoutHardLinks extends CallStorageContract {

        @TempDir
        Path directory;

        @Override
        protected CallStorage openCalls() {
            StoreDirectory store = StoreDirectory.open(directory, FileStorages.TYPE);
            return FileStorages.of(new FileStore(store, new Placement(false), Durability.FAST, 2))
                    .calls();
        }
    }
}
