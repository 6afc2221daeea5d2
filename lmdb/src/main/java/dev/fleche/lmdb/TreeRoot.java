package dev.fleche.lmdb;

import java.nio.ByteBuffer;

/**
 * What LMDB notes of a tree of pages.
 *
 * @param flags how keys are compared, and the like
 * @param depth how many pages are on the way to an entry
 * @param branches the number of pages that lead to others
 * @param leaves the number of pages with entries
 * @param overflows the number of pages with parts of large entries
 * @param entries the number of entries
 * @param root the page number of the root
 */
record TreeRoot(int flags, int depth, long branches, long leaves, long overflows, long entries, long root) {

    static final int BYTES = 48;
    static final int MAX_DEPTH = 32;

    private static final long NONE = -1;

    static TreeRoot read(ByteBuffer bytes, int at) {
        return new TreeRoot(
                bytes.getShort(at + 4) & 0xFFFF,
                bytes.getShort(at + 6) & 0xFFFF,
                bytes.getLong(at + 8),
                bytes.getLong(at + 16),
                bytes.getLong(at + 24),
                bytes.getLong(at + 32),
                bytes.getLong(at + 40));
    }

    boolean isEmpty() {
        return root == NONE;
    }

    /** Returns whether a tree can be like this in a file whose last page is {@code lastPage}. */
    boolean isPossible(long lastPage) {
        return isEmpty()
                ? depth == 0 && entries == 0
                : root >= MetaPage.PAGES && root <= lastPage && depth > 0 && depth <= MAX_DEPTH && entries > 0;
    }
}
