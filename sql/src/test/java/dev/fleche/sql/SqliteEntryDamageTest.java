package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteEntryDamageTest extends EntryDamageContract {

    @TempDir
    Path directory;

    @Override
    CacheConfig config() {
        return SqliteFiles.config(directory);
    }

    @Override
    Connection connect() throws SQLException {
        return SqliteFiles.connect(directory);
    }
}
