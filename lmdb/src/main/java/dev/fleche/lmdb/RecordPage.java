package dev.fleche.lmdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Txn;

/**
 * Some records as they are stored, in the order of their keys: as many as are read within one transaction.
 *
 * @param entries the records, sound or not
 * @param next the key from which to go on; null at the end
 */
record RecordPage(List<Entry> entries, byte @Nullable [] next) {

    /** A key before all others. */
    static final byte[] START = {0};

    private static final int MAX_ENTRIES = 200;
    private static final int MAX_BYTES = 1 << 20;

    /**
     * A record as it is stored.
     *
     * @param key the key of its entry
     * @param bytes its stored form
     */
    record Entry(byte[] key, byte[] bytes) {}

    /** Some records while they are gathered. Not thread-safe. */
    static final class Gathering {

        private final List<Entry> entries = new ArrayList<>();
        private int bytes;

        /** Takes the entry at which the cursor is. */
        void add(Cursor<byte[]> cursor) {
            Entry entry = new Entry(cursor.key(), cursor.val());
            entries.add(entry);
            bytes += entry.bytes.length;
        }

        boolean isFull() {
            return entries.size() >= MAX_ENTRIES || bytes >= MAX_BYTES;
        }

        /** Returns the page that goes on behind its last entry. */
        RecordPage full() {
            byte[] last = entries.get(entries.size() - 1).key;
            return upTo(Arrays.copyOf(last, last.length + 1));
        }

        RecordPage upTo(byte @Nullable [] next) {
            return new RecordPage(List.copyOf(entries), next);
        }
    }

    /** Returns the first records from a key on. */
    static RecordPage of(OpenEnv env, Txn<byte[]> txn, byte[] from) {
        Gathering found = new Gathering();
        try (Cursor<byte[]> cursor = env.cursor(txn, Area.CALLS)) {
            boolean more = env.seek(cursor, from) != null;
            while (more) {
                found.add(cursor);
                if (found.isFull()) {
                    return found.full();
                }
                more = cursor.next();
            }
        }
        return found.upTo(null);
    }
}
