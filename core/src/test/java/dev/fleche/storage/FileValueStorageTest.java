package dev.fleche.storage;

import dev.fleche.testing.ValueStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileValueStorageTest extends ValueStorageContract {

    @TempDir
    Path directory;

    @Override
    protected ValueStorage openValues() {
        return FileStorages.open(directory.resolve("store")).values();
    }

    @Nested
    class WithoutHardLinks extends ValueStorageContract {

        @TempDir
        Path directory;

        @Override
        protected ValueStorage openValues() {
            StoreDirectory store = StoreDirectory.open(directory, FileStorages.TYPE);
            return FileStorages.of(new FileStore(store, new Placement(false), Durability.FAST, 2))
                    .values();
        }
    }
}
