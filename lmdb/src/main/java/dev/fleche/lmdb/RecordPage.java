package dev.fleche.lmdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Txn;

/** Some records as they are stored, in the order of their keys: as many as are read within one transaction. */
final class RecordPage {

    /** A key before all others. */
    static final byte[] START = {0};

    private static final int MAX_ENTRIES = 200;
    private static final int MAX_BYTES = 1 << 20;

    private final List<Entry> entries;
    private final byte @Nullable [] next;

    private RecordPage(List<Entry> entries, byte @Nullable [] next) {
        this.entries = entries;
        this.next = next;
    }

    /** A record as it is stored. */
    static final class Entry {

        private final byte[] key;
        private final byte[] bytes;

        private Entry(byte[] key, byte[] bytes) {
            this.key = key;
            this.bytes = bytes;
        }

        /** Returns the key of the entry. */
        byte[] key() {
            return key;
        }

        /** Returns the record's stored form. */
        byte[] bytes() {
            return bytes;
        }
    }

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

    /** Returns the records, sound or not. */
    List<Entry> entries() {
        return entries;
    }

    /** Returns the key from which to go on; null at the end. */
    byte @Nullable [] next() {
        return next;
    }
}
