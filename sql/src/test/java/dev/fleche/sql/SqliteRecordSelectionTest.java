package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteRecordSelectionTest extends RecordSelectionContract {

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

    @Override
    Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    List<String> plan(Connection connection, String sql, Object... parameters) throws SQLException {
        return new Session(Dialect.SQLITE, connection)
                .query("EXPLAIN QUERY PLAN " + sql, row -> row.getString(4), parameters);
    }

    /** An index is searched, or the order of an index or of the numbers is followed, and nothing sorted. */
    @Override
    boolean readsAll(String line) {
        return line.startsWith("SCAN") || line.contains("TEMP B-TREE");
    }
}
