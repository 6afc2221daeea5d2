package dev.fleche.sql;

import dev.fleche.digest.Digest;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long id;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, bytes FROM " + table + " WHERE " + name + " = ?")) {
            select.setBytes(1, digest.toBytes());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                id = rows.getLong(1);
                bytes.writeBytes(rows.getBytes(2));
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT bytes FROM " + table + "_part WHERE owner_id = ? ORDER BY part")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    bytes.writeBytes(rows.getBytes(1));
                }
            }
        }
        write(connection, table, partBytes, id, damage.apply(bytes.toByteArray()));
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
