package dev.fleche.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A connection with its prepared statements; confined to one thread at a time. */
final class Session implements AutoCloseable {

    private static final int MAX_STATEMENTS = 64;

    private final Dialect dialect;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

    /**
     * What is made of one row.
     *
     * @param <T> the type of what is made
     */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    Session(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    Dialect dialect() {
        return dialect;
    }

    Connection connection() {
        return connection;
    }

    /** Begins a transaction that may write; for SQLite, one that has the lock for writing from the start. */
    void begin() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            update("BEGIN IMMEDIATE");
        } else {
            connection.setAutoCommit(false);
        }
    }

    void commit() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            update("COMMIT");
        } else {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    void rollback() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            update("ROLLBACK");
        } else {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Returns what is made of each row, in their order. */
    <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        PreparedStatement statement = bind(prepare(sql, Statement.NO_GENERATED_KEYS), parameters);
        List<T> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return found;
    }

    /** Runs a statement and returns how many rows it changed. */
    int update(String sql, Object... parameters) throws SQLException {
        return bind(prepare(sql, Statement.NO_GENERATED_KEYS), parameters).executeUpdate();
    }

    /** Inserts a row into a table with the column {@code id}, and returns its id; nothing if there is such a row. */
    OptionalLong insertIfAbsent(String insert, Object... parameters) throws SQLException {
        if (dialect != Dialect.MARIADB) {
            List<Long> ids = query(dialect.ifAbsent(insert) + " RETURNING id", row -> row.getLong(1), parameters);
            return ids.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ids.get(0));
        }
        PreparedStatement statement = bind(prepare(insert, Statement.RETURN_GENERATED_KEYS), parameters);
        try {
            statement.executeUpdate();
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                return OptionalLong.empty();
            }
            throw e;
        }
        try (ResultSet keys = statement.getGeneratedKeys()) {
            if (!keys.next()) {
                throw new SQLException("expected the id of an inserted row, found none");
            }
            return OptionalLong.of(keys.getLong(1));
        }
    }

    /** Runs a statement once for each list of parameters, in as few round trips as the driver can. */
    void batch(String sql, List<Object[]> parameters) throws SQLException {
        if (parameters.isEmpty()) {
            return;
        }
        PreparedStatement statement = prepare(sql, Statement.NO_GENERATED_KEYS);
        for (Object[] one : parameters) {
            bind(statement, one).addBatch();
        }
        statement.executeBatch();
    }

    private PreparedStatement prepare(String sql, int keys) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() == MAX_STATEMENTS) {
            closeStatements();
        }
        PreparedStatement made = keys == Statement.RETURN_GENERATED_KEYS
                ? connection.prepareStatement(sql, keys)
                : connection.prepareStatement(sql);
        statements.put(sql, made);
        return made;
    }

    private static PreparedStatement bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            if (parameter instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (parameter instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (parameter instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (parameter instanceof String text) {
                statement.setString(i + 1, text);
            } else {
                throw new IllegalArgumentException("no parameter of a statement: " + parameter.getClass());
            }
        }
        return statement;
    }

    private void closeStatements() throws SQLException {
        List<PreparedStatement> all = List.copyOf(statements.values());
        statements.clear();
        for (PreparedStatement statement : all) {
            statement.close();
        }
    }

    /** Closes the statements and the connection, or gives it back to its pool. */
    @Override
    public void close() throws SQLException {
        try {
            closeStatements();
        } finally {
            connection.close();
        }
    }
}
