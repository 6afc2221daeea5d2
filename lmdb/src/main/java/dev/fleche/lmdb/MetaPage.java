package dev.fleche.lmdb;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One of the two pages with which LMDB's file begins: where the trees of a committed state are.
 *
 * <p>The format is that of LMDB 0.9 on 64-bit machines that are little-endian, which are all for which its library
 * comes: Howard Chu, <i>MDB: A Memory-Mapped Database and Backend for OpenLDAP</i>, 2011, <a
 * href="https://www.openldap.org/pub/hyc/mdm-paper.pdf">mdm-paper.pdf</a>, and {@code mdb.c}.
 *
 * @param pageBytes the size of all pages
 * @param free the tree of free pages
 * @param main the tree of databases
 * @param lastPage the highest page number in use
 * @param txn the number of the transaction that wrote it
 */
record MetaPage(int pageBytes, TreeRoot free, TreeRoot main, long lastPage, long txn) {

    static final int BYTES = 152;
    static final int PAGES = 2;
    static final int USUAL_PAGE_BYTES = 4096;

    private static final int MAGIC = 0xBEEFC0DE;
    private static final int VERSION = 1;
    private static final int FLAG = 0x08;
    private static final int FLAGS_AT = 10;
    private static final int MAGIC_AT = 16;
    private static final int VERSION_AT = 20;
    private static final int FREE_AT = 40;
    private static final int MAIN_AT = FREE_AT + TreeRoot.BYTES;
    private static final int LAST_PAGE_AT = MAIN_AT + TreeRoot.BYTES;
    private static final int TXN_AT = LAST_PAGE_AT + Long.BYTES;
    private static final int MIN_PAGE_BYTES = 512;
    private static final int MAX_PAGE_BYTES = 32768;

    /**
     * Returns the page {@code number} that {@code bytes} are, or empty if something in it cannot be.
     *
     * <p>Its trees may be beyond its last page: when LMDB cannot write one, it writes back the number of the
     * transaction and the last page that were there before, so that nobody uses it, but not the trees.
     *
     * @param fileBytes the length of the file
     */
    static Optional<MetaPage> read(ByteBuffer bytes, int number, long fileBytes) {
        if (bytes.limit() < BYTES
                || bytes.getLong(0) != number
                || bytes.getShort(FLAGS_AT) != FLAG
                || bytes.getInt(MAGIC_AT) != MAGIC
                || bytes.getInt(VERSION_AT) != VERSION) {
            return Optional.empty();
        }
        // the padding of the first tree has room for the size of pages
        int pageBytes = bytes.getInt(FREE_AT);
        MetaPage page = new MetaPage(
                pageBytes,
                TreeRoot.read(bytes, FREE_AT),
                TreeRoot.read(bytes, MAIN_AT),
                bytes.getLong(LAST_PAGE_AT),
                bytes.getLong(TXN_AT));
        boolean possible = Integer.bitCount(pageBytes) == 1
                && pageBytes >= MIN_PAGE_BYTES
                && pageBytes <= MAX_PAGE_BYTES
                && page.lastPage >= PAGES - 1
                && page.lastPage < Long.MAX_VALUE / pageBytes
                && page.txn >= 0
                // each is written by every second transaction
                && (page.txn == 0 || page.txn % PAGES == number)
                && page.hasTreesUpTo(Math.max(page.lastPage, fileBytes / pageBytes - 1));
        return possible ? Optional.of(page) : Optional.empty();
    }

    /** Returns whether a committed state can begin here. */
    boolean isUsable() {
        return hasTreesUpTo(lastPage);
    }

    private boolean hasTreesUpTo(long page) {
        return free.isPossible(page) && main.isPossible(page);
    }

    /** Returns whether {@code bytes} are such a page of another version of LMDB. */
    static boolean isOfOtherVersion(ByteBuffer bytes) {
        return bytes.limit() >= BYTES && bytes.getInt(MAGIC_AT) == MAGIC && bytes.getInt(VERSION_AT) != VERSION;
    }
}
