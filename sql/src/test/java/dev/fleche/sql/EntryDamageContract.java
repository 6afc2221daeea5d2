package dev.fleche.sql;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Digest;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.DamageContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A small store in a database, every entry of which is damaged in every way. */
abstract class EntryDamageContract extends DamageContract {

    private @Nullable Connection connection;

    /** Returns what opens this test's store; empty before the first. */
    abstract CacheConfig config();

    /** Returns a connection to the database. */
    abstract Connection connect() throws SQLException;

    /** What is done with the rows of a database. */
    private interface Task<R> {
        R run(Connection connection) throws SQLException;
    }

    /** The rows of a record or a value. */
    private final class Rows implements Place {

        private final boolean isRecord;
        private final Digest digest;

        Rows(boolean isRecord, Digest digest) {
            this.isRecord = isRecord;
            this.digest = digest;
        }

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
            ask(database -> {
                if (isRecord) {
                    StoredRows.restoreRecord(database, digest);
                    StoredRows.damageRecord(database, digest, change);
                } else {
                    StoredRows.restoreValue(database, digest);
                    StoredRows.damageValue(database, digest, change);
                }
                return true;
            });
        }
    }

    private <R> R ask(Task<R> task) throws IOException {
        try {
            Connection open = connection;
            if (open == null) {
                open = connect();
                connection = open;
            }
            return task.run(open);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    protected Cache openCache() {
        return Cache.open(config());
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

    private Map<String, Place> places(String kind, Task<? extends Iterable<Digest>> digests) throws IOException {
        Map<String, Place> places = new TreeMap<>();
        for (Digest digest : ask(digests)) {
            places.put(kind + " " + digest, new Rows(kind.equals("record"), digest));
        }
        return places;
    }
}
