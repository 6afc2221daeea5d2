package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** SQLite stores in directories, as tests see them from outside. */
final class SqliteFiles {

    private SqliteFiles() {}

    /** Returns what opens the store in {@code directory}. */
    static CacheConfig config(Path directory) {
        return CacheConfig.of("sqlite").with("path", directory.toString());
    }

    /** Returns a connection to the database of the store in {@code directory}. */
    static Connection connect(Path directory) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.sqlite3"));
    }
}
