package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

class PostgreSqlRecordSelectionTest extends RecordSelectionContract {

    private final CacheConfig config = ServerStores.newPostgreSql();

    @Override
    CacheConfig config() {
        return config;
    }

    @Override
    Connection connect() throws SQLException {
        return ServerStores.connect(config);
    }

    /** A small table is read faster whole, so that indexes are not used where they could be. */
    @Override
    void prepare(Connection connection) throws SQLException {
        StoredRows.execute(connection, "SET enable_seqscan = off");
    }

    @Override
    Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    List<String> plan(Connection connection, String sql, Object... parameters) throws SQLException {
        return new Session(Dialect.POSTGRESQL, connection).query("EXPLAIN " + sql, row -> row.getString(1), parameters);
    }

    @Override
    boolean readsAll(String line) {
        return line.contains("Seq Scan");
    }
}
