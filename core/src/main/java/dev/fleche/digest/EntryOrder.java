package dev.fleche.digest;

import java.util.Arrays;

/** The order of the entries of sets and maps that have none: by their encoded bytes, unsigned. */
final class EntryOrder {

    /**
     * An encoded entry; {@code head} is its first bytes after those that all entries share, enough for most
     * comparisons.
     */
    private record Entry(long head, int start, int end) {}

    private EntryOrder() {}

    /** Sorts the entries that begin at {@code starts}, without gaps, the last one ending at {@code end}. */
    static void sort(byte[] buffer, int[] starts, int count, int end) {
        if (count < 2) {
            return;
        }
        int shared = sharedPrefix(buffer, starts, count, end);
        Entry[] entries = new Entry[count];
        for (int i = 0; i < count; i++) {
            int entryEnd = i + 1 < count ? starts[i + 1] : end;
            entries[i] = new Entry(head(buffer, starts[i] + shared, entryEnd), starts[i], entryEnd);
        }
        Arrays.sort(entries, (a, b) -> {
            int order = Long.compareUnsigned(a.head, b.head);
            return order != 0 ? order : Arrays.compareUnsigned(buffer, a.start, a.end, buffer, b.start, b.end);
        });
        byte[] sorted = new byte[end - starts[0]];
        int position = 0;
        for (Entry entry : entries) {
            System.arraycopy(buffer, entry.start, sorted, position, entry.end - entry.start);
            position += entry.end - entry.start;
        }
        System.arraycopy(sorted, 0, buffer, starts[0], sorted.length);
    }

    private static int sharedPrefix(byte[] buffer, int[] starts, int count, int end) {
        int shared = starts[1] - starts[0];
        for (int i = 1; i < count && shared > 0; i++) {
            int entryEnd = i + 1 < count ? starts[i + 1] : end;
            int length = Math.min(shared, entryEnd - starts[i]);
            int mismatch =
                    Arrays.mismatch(buffer, starts[0], starts[0] + length, buffer, starts[i], starts[i] + length);
            shared = mismatch < 0 ? length : mismatch;
        }
        return shared;
    }

    /** Returns up to eight bytes, first one highest, padded with zeros. */
    private static long head(byte[] buffer, int from, int end) {
        long head = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            head = head << 8 | (from + i < end ? buffer[from + i] & 0xFF : 0);
        }
        return head;
    }
}
