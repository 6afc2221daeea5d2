package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite by its JDBC driver alone: one table, one connection, prepared statements, a write-ahead log. */
final class SqliteJdbcStore implements Store.OfBytes {

    private final Connection connection;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    private SqliteJdbcStore(Connection connection) throws SQLException {
        this.connection = connection;
        this.select = connection.prepareStatement("SELECT value FROM entry WHERE key = ?");
        this.insert = connection.prepareStatement("INSERT INTO entry (key, value) VALUES (?, ?)");
    }

    static SqliteJdbcStore open(Path directory, boolean isDurable) throws IOException, SQLException {
        Files.createDirectories(directory);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("entries.sqlite3"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = " + (isDurable ? "FULL" : "NORMAL"));
            statement.execute("CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID");
        }
        return new SqliteJdbcStore(connection);
    }

    @Override
    public void fill(int start, int end) throws SQLException {
        connection.setAutoCommit(false);
        for (int i = start; i < end; i++) {
            put(entry(i));
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public int read(byte[] key) throws SQLException {
        select.setBytes(1, key);
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? found.getBytes(1).length : -1;
        }
    }

    @Override
    public void put(Entries.Entry entry) throws SQLException {
        insert.setBytes(1, entry.key());
        insert.setBytes(2, entry.value());
        insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        select.close();
        insert.close();
        connection.close();
    }
}
