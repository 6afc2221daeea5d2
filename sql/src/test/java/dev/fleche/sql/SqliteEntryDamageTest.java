package dev.fleche.sql;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Digest;
import dev.fleche.testing.DamageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

/** A small SQLite store, every entry of which is damaged in every way. */
class SqliteEntryDamageTest extends DamageContract {

    @TempDir
    Path directory;

    /** The rows of a record or a value. */
    private record Rows(Path directory, boolean isRecord, Digest digest) implements Place {

        @Override
        public byte[] read() throws IOException {
            byte[][] found = new byte[1][];
            change(bytes -> {
                found[0] = bytes;
                return bytes;
            });
            return found[0];
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            change(old -> bytes);
        }

        private void change(UnaryOperator<byte[]> change) throws IOException {
            try (Connection connection = SqliteFiles.connect(directory)) {
                if (isRecord) {
                    StoredRows.restoreRecord(connection, digest);
                    StoredRows.damageRecord(connection, digest, change);
                } else {
                    StoredRows.restoreValue(connection, digest);
                    StoredRows.damageValue(connection, digest, change);
                }
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }

    /** What asks a connection for digests. */
    private interface Digests {
        Iterable<Digest> of(Connection connection) throws SQLException;
    }

    @Override
    protected Cache openCache() {
        return Cache.open(SqliteFiles.config(directory));
    }

    @Override
    protected int stride() {
        return 97;
    }

    @Override
    protected Map<String, Place> records() throws IOException {
        return places("record", StoredRows::records);
    }

    @Override
    protected Map<String, Place> values() throws IOException {
        return places("value", StoredRows::values);
    }

    private Map<String, Place> places(String kind, Digests digests) throws IOException {
        Map<String, Place> places = new TreeMap<>();
        try (Connection connection = SqliteFiles.connect(directory)) {
            for (Digest digest : digests.of(connection)) {
                places.put(kind + " " + digest, new Rows(directory, kind.equals("record"), digest));
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return places;
    }
}
