package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

class MariaDbRecordSelectionTest extends RecordSelectionContract {

    private final CacheConfig config = ServerStores.newMariaDb();

    @Override
    CacheConfig config() {
        return config;
    }

    @Override
    Connection connect() throws SQLException {
        return ServerStores.connect(config);
    }

    @Override
    Dialect dialect() {
        return Dialect.MARIADB;
    }

    @Override
    List<String> plan(Connection connection, String sql, Object... parameters) throws SQLException {
        return new Session(Dialect.MARIADB, connection)
                .query(
                        "EXPLAIN " + sql,
                        row -> row.getString("table") + " " + row.getString("type") + " possible "
                                + row.getString("possible_keys"),
                        parameters);
    }

    /** A small table is read faster whole; so it is asked whether an index could lead. */
    @Override
    boolean readsAll(String line) {
        return line.endsWith("possible null");
    }
}
