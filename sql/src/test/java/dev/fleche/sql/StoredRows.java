package dev.fleche.sql;

import dev.fleche.digest.Digest;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes of stored entries behind a storage's back, by plain JDBC. */
final class StoredRows {

    private StoredRows() {}

    /** Changes the bytes of a record. */
    static void damageRecord(Connection connection, Digest key, UnaryOperator<byte[]> damage) throws SQLException {
        damage(connection, "fleche_call", "call_key", 64 << 10, key, damage);
    }

    /** Changes the bytes of a value. */
    static void damageValue(Connection connection, Digest address, UnaryOperator<byte[]> damage) throws SQLException {
        damage(connection, "fleche_value", "address", 256 << 10, address, damage);
    }

    private static void damage(
            Connection connection,
            String table,
            String name,
            int partBytes,
            Digest digest,
            UnaryOperator<byte[]> damage)
            throws SQLException {
        long id = id(connection, table, name, digest);
        write(connection, table, partBytes, id, damage.apply(read(connection, table, id)));
    }

    /** Returns the keys of all records. */
    static List<Digest> records(Connection connection) throws SQLException {
        return digests(connection, "SELECT call_key FROM fleche_call");
    }

    /** Returns the addresses of all values. */
    static List<Digest> values(Connection connection) throws SQLException {
        return digests(connection, "SELECT address FROM fleche_value");
    }

    private static List<Digest> digests(Connection connection, String select) throws SQLException {
        List<Digest> digests = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                digests.add(Digest.of(rows.getBytes(1)));
            }
        }
        return digests;
    }

    /** Makes an empty row for a record that was removed, unless it is there. */
    static void restoreRecord(Connection connection, Digest key) throws SQLException {
        restore(
                connection,
                records(connection).contains(key),
                "INSERT INTO fleche_call (call_key, function_name, started, wall_nanos, parts, bytes)"
                        + " VALUES (?, '', 0, 0, 0, ?)",
                key);
    }

    /** Makes an empty row for a value that was removed, unless it is there. */
    static void restoreValue(Connection connection, Digest address) throws SQLException {
        restore(
                connection,
                values(connection).contains(address),
                "INSERT INTO fleche_value (address, stored, parts, bytes) VALUES (?, 0, 0, ?)",
                address);
    }

    private static void restore(Connection connection, boolean present, String insert, Digest digest)
            throws SQLException {
        if (!present) {
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                statement.setBytes(1, digest.toBytes());
                statement.setBytes(2, new byte[0]);
                statement.executeUpdate();
            }
        }
    }

    private static long id(Connection connection, String table, String name, Digest digest) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM " + table + " WHERE " + name + " = ?")) {
            select.setBytes(1, digest.toBytes());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static byte[] read(Connection connection, String table, long id) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String select : List.of(
                "SELECT bytes FROM " + table + " WHERE id = ?",
                "SELECT bytes FROM " + table + "_part WHERE owner_id = ? ORDER BY part")) {
            try (PreparedStatement statement = connection.prepareStatement(select)) {
                statement.setLong(1, id);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        bytes.writeBytes(rows.getBytes(1));
                    }
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void write(Connection connection, String table, int partBytes, long id, byte[] bytes)
            throws SQLException {
        execute(connection, "DELETE FROM " + table + "_part WHERE owner_id = " + id);
        int parts = bytes.length <= partBytes ? 0 : (bytes.length - 1) / partBytes;
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE " + table + " SET bytes = ?, parts = ? WHERE id = ?")) {
            update.setBytes(1, Arrays.copyOf(bytes, Math.min(bytes.length, partBytes)));
            update.setInt(2, parts);
            update.setLong(3, id);
            update.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + "_part (owner_id, part, bytes) VALUES (?, ?, ?)")) {
            for (int part = 1; part <= parts; part++) {
                insert.setLong(1, id);
                insert.setInt(2, part);
                insert.setBytes(
                        3, Arrays.copyOfRange(bytes, part * partBytes, Math.min(bytes.length, (part + 1) * partBytes)));
                insert.executeUpdate();
            }
        }
    }

    /** Deletes all records and values, with what belongs to them. */
    static void deleteAll(Connection connection) throws SQLException {
        for (String table : List.of("call", "call_part", "term", "value", "value_part")) {
            execute(connection, "DELETE FROM fleche_" + table);
        }
    }

    /** Runs a statement and returns how many rows it changed. */
    static int execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.executeUpdate();
        }
    }
}
