package dev.fleche.sql;

import dev.fleche.digest.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table of entries under digests: each has a number, its first bytes, and further parts in a second table.
 *
 * <p>Parts are short enough for any server's limits on rows and packets. Immutable; the methods run in the session's
 * transaction, if there is one.
 */
final class EntryTable {

    /** Records; most are of one part. */
    static final EntryTable CALLS =
            new EntryTable("fleche_call", "call_key", "c.id", 64 << 10, "function_name", "started", "wall_nanos");

    /** Values. */
    static final EntryTable VALUES = new EntryTable("fleche_value", "address", "c.stored", 256 << 10, "stored");

    private static final int NAMES_PAGE = 1000;

    private final String table;
    private final String digestColumn;
    private final int partBytes;
    private final String find;
    private final String insert;

    /**
     * An entry.
     *
     * @param id its number
     * @param name its digest, or what is there instead of one
     * @param bytes all of its bytes
     * @param position a number for whoever asked
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(long id, byte[] name, byte[] bytes, long position) {

        /** Returns the entry's digest; empty if what is there is none. */
        Optional<Digest> digest() {
            return name.length == Digest.BYTES ? Optional.of(Digest.of(name)) : Optional.empty();
        }
    }

    /** A row of the table. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(long id, byte[] name, int parts, byte[] bytes, long position) {}

    private EntryTable(String table, String digestColumn, String position, int partBytes, String... columns) {
        this.table = table;
        this.digestColumn = digestColumn;
        this.partBytes = partBytes;
        find = "SELECT " + columns() + ", " + position + " FROM " + table + " c WHERE " + digestColumn + " = ?";
        insert = "INSERT INTO " + table + " (" + digestColumn + ", parts, bytes, " + String.join(", ", columns)
                + ") VALUES (?, ?, ?" + ", ?".repeat(columns.length) + ")";
    }

    String table() {
        return table;
    }

    /** Returns what is selected of this table under the name {@code c}; a number for the position must follow. */
    String columns() {
        return "c.id, c." + digestColumn + ", c.parts, c.bytes";
    }

    private static Row row(ResultSet row) throws SQLException {
        byte[] bytes = orEmpty(row.getBytes(4));
        return new Row(row.getLong(1), orEmpty(row.getBytes(2)), row.getInt(3), bytes, row.getLong(5));
    }

    /** Drivers read an empty array of bytes as null. */
    private static byte[] orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    /** Returns the entries that a query of {@link #columns} and a position selects, whole. */
    List<Entry> query(Session session, String sql, Object... parameters) throws SQLException {
        List<Row> rows = session.query(sql, EntryTable::row, parameters);
        List<Entry> entries = new ArrayList<>(rows.size());
        for (Row row : rows) {
            entries.add(new Entry(row.id, row.name, row.parts == 0 ? row.bytes : join(session, row), row.position));
        }
        return entries;
    }

    /** Finds an entry; the position of a record is its number, that of a value when it was stored. */
    Optional<Entry> find(Session session, Digest digest) throws SQLException {
        List<Entry> found = query(session, find, digest.toBytes());
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** Returns the digests of the entries that come after {@code last} in their order, or what is there instead. */
    List<byte[]> namesAfter(Session session, byte @Nullable [] last) throws SQLException {
        return session.query(
                "SELECT " + digestColumn + " FROM " + table + " WHERE " + digestColumn + " > ? ORDER BY " + digestColumn
                        + " LIMIT " + NAMES_PAGE,
                row -> orEmpty(row.getBytes(1)),
                (Object) orEmpty(last));
    }

    boolean contains(Session session, Digest digest) throws SQLException {
        return idOf(session, digest).isPresent();
    }

    /** Returns the number of an entry, which is not read. */
    Optional<Long> idOf(Session session, Digest digest) throws SQLException {
        return session
                .query("SELECT id FROM " + table + " WHERE " + digestColumn + " = ?", row -> row.getLong(1), (Object)
                        digest.toBytes())
                .stream()
                .findAny();
    }

    /** Inserts an entry and returns its number; nothing if there is one of its digest. */
    OptionalLong insertIfAbsent(Session session, Digest digest, byte[] bytes, Object... others) throws SQLException {
        int parts = bytes.length <= partBytes ? 0 : (bytes.length - 1) / partBytes;
        Object[] parameters = new Object[3 + others.length];
        parameters[0] = digest.toBytes();
        parameters[1] = parts;
        parameters[2] = parts == 0 ? bytes : Arrays.copyOf(bytes, partBytes);
        System.arraycopy(others, 0, parameters, 3, others.length);
        OptionalLong id = session.insertIfAbsent(insert, parameters);
        if (id.isPresent() && parts > 0) {
            insertParts(session, id.getAsLong(), parts, bytes);
        }
        return id;
    }

    /** One at a time: a batch would hold a copy of all of a large value. */
    private void insertParts(Session session, long id, int parts, byte[] bytes) throws SQLException {
        String sql = "INSERT INTO " + table + "_part (owner_id, part, bytes) VALUES (?, ?, ?)";
        for (int part = 1; part <= parts; part++) {
            int from = part * partBytes;
            int to = Math.min(from + partBytes, bytes.length);
            session.update(sql, id, part, Arrays.copyOfRange(bytes, from, to));
        }
    }

    /** Removes the entry of a number and returns whether there was one. */
    boolean remove(Session session, long id) throws SQLException {
        // the entry first: its row is what two that remove it at once wait for
        boolean removed = session.update("DELETE FROM " + table + " WHERE id = ?", id) > 0;
        if (removed) {
            session.update("DELETE FROM " + table + "_part WHERE owner_id = ?", id);
        }
        return removed;
    }

    private byte[] join(Session session, Row row) throws SQLException {
        List<byte[]> parts = session.query(
                "SELECT bytes FROM " + table + "_part WHERE owner_id = ? ORDER BY part",
                part -> orEmpty(part.getBytes(1)),
                row.id);
        long length = row.bytes.length;
        for (byte[] part : parts) {
            length += part.length;
        }
        if (length > Integer.MAX_VALUE - 8) {
            // no entry of ours: what is missing shows when it is checked
            return row.bytes;
        }
        byte[] joined = Arrays.copyOf(row.bytes, (int) length);
        int at = row.bytes.length;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
