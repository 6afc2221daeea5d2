package dev.fleche.sql;

import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.ValueStorage;
import dev.fleche.testing.ValueStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteValueStorageTest extends ValueStorageContract {

    @TempDir
    Path directory;

    @Override
    protected ValueStorage openValues() {
        return StorageProviders.open(SqliteFiles.config(directory)).values();
    }
}
