package dev.fleche.sql;

import dev.fleche.storage.CallStorage;
import dev.fleche.storage.StorageProviders;
import dev.fleche.testing.CallStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallStorageTest extends CallStorageContract {

    @TempDir
    Path directory;

    @Override
    protected CallStorage openCalls() {
        return StorageProviders.open(SqliteFiles.config(directory)).calls();
    }
}
