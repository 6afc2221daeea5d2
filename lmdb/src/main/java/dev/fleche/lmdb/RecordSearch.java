package dev.fleche.lmdb;

import dev.fleche.record.RecordFilter;
import dev.fleche.storage.RecordTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Txn;

/**
 * The search for the records that a filter may choose, page by page: between two pages no transaction is open.
 *
 * <p>The records of each term are in the order of their keys, so those of all terms are found by leaping: from where
 * one term's next record is, to the next one's from there on, until all agree. The rarest term sets the pace. A filter
 * without terms, and one that is asked before the database of terms is complete, is a search among all records, in the
 * same order. Immutable.
 */
final class RecordSearch {

    private static final int MAX_LEAPS = 2000;

    private final List<Long> terms;

    RecordSearch(RecordFilter filter) {
        terms = List.copyOf(RecordTerms.of(filter));
    }

    /** Returns the first records from a key on that the filter may choose; perhaps none, and more behind them. */
    RecordPage pageFrom(OpenEnv env, Txn<byte[]> txn, byte[] from) {
        if (terms.isEmpty() || !TermIndex.isComplete(env, txn)) {
            return RecordPage.of(env, txn, from);
        }
        try (Leaps leaps = new Leaps(env, txn)) {
            return leaps.pageFrom(from);
        }
    }

    /** The cursors of one page. Not thread-safe. */
    private final class Leaps implements AutoCloseable {

        private final OpenEnv env;
        private final List<Cursor<byte[]>> cursors = new ArrayList<>();
        private final Cursor<byte[]> calls;
        private final RecordPage.Gathering found = new RecordPage.Gathering();

        /** Each page leaps at least far enough to go on. */
        private int left = MAX_LEAPS + terms.size();

        Leaps(OpenEnv env, Txn<byte[]> txn) {
            this.env = env;
            boolean done = false;
            try {
                calls = env.cursor(txn, Area.CALLS);
                cursors.add(calls);
                for (int i = 0; i < terms.size(); i++) {
                    cursors.add(env.cursor(txn, Area.TERMS));
                }
                done = true;
            } finally {
                if (!done) {
                    close();
                }
            }
        }

        RecordPage pageFrom(byte[] from) {
            byte[] next = from;
            while (true) {
                byte[] part = agreed(Arrays.copyOf(next, TermIndex.PART_BYTES));
                if (part == null) {
                    return found.upTo(null);
                }
                if (left <= 0) {
                    return found.upTo(startsWith(next, part) ? next : part);
                }
                // of the records with this part some may be on the page before
                next = gather(startsWith(next, part) ? next : part, part);
                if (next == null || found.isFull()) {
                    return found.upTo(next);
                }
            }
        }

        /**
         * Returns the least part of a key, from {@code part} on, that has an entry for every term, or that they have
         * come to when no leaps are left; null if there is none.
         */
        private byte @Nullable [] agreed(byte[] part) {
            byte[] wanted = part;
            int agreeing = 0;
            for (int i = 0; agreeing < terms.size() && left > 0; i = (i + 1) % terms.size()) {
                left--;
                byte[] entry = TermIndex.key(terms.get(i), wanted);
                byte @Nullable [] there = env.seek(cursors.get(i + 1), entry);
                if (there == null
                        || there.length != TermIndex.KEY_BYTES
                        || !Arrays.equals(there, 0, Long.BYTES, entry, 0, Long.BYTES)) {
                    return null;
                }
                boolean agrees = Arrays.equals(there, entry);
                wanted = agrees ? wanted : Arrays.copyOfRange(there, Long.BYTES, there.length);
                agreeing = agrees ? agreeing + 1 : 1;
            }
            return wanted;
        }

        /** Takes the records from a key on whose keys begin with {@code part}, and returns where to go on. */
        private byte @Nullable [] gather(byte[] from, byte[] part) {
            byte @Nullable [] key = env.seek(calls, from);
            while (key != null && startsWith(key, part)) {
                found.add(calls);
                if (found.isFull()) {
                    return Arrays.copyOf(key, key.length + 1);
                }
                key = calls.next() ? calls.key() : null;
            }
            return key;
        }

        @Override
        public void close() {
            cursors.forEach(Cursor::close);
        }
    }

    private static boolean startsWith(byte[] key, byte[] part) {
        return key.length >= part.length && Arrays.equals(key, 0, part.length, part, 0, part.length);
    }
}
