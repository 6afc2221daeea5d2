package dev.fleche.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A page of a tree, checked: header, place of each node, and order of the keys. */
final class TreePage {

    private static final int HEADER_BYTES = 16;
    private static final int NODE_BYTES = 8;
    private static final int FLAGS_AT = 10;
    private static final int LOWER_AT = 12;
    private static final int UPPER_AT = 14;
    private static final int BRANCH = 0x01;
    private static final int LEAF = 0x02;
    private static final int OVERFLOW = 0x04;
    private static final int IS_LARGE = 0x01;
    private static final int IS_TREE = 0x02;

    private final ByteBuffer bytes;
    private final long number;
    private final boolean leaf;
    private final int[] nodes;

    private TreePage(ByteBuffer bytes, long number, boolean leaf, int[] nodes) {
        this.bytes = bytes;
        this.number = number;
        this.leaf = leaf;
        this.nodes = nodes;
    }

    /**
     * Reads a page.
     *
     * @throws DamagedPagesException if it is not a leaf, or a branch, as it should be, with keys in {@code range}
     */
    static TreePage read(PageFile file, int pageBytes, long number, boolean leaf, KeyRange range) throws IOException {
        ByteBuffer bytes = file.read(number * pageBytes, pageBytes);
        int lower = bytes.getShort(LOWER_AT) & 0xFFFF;
        int upper = bytes.getShort(UPPER_AT) & 0xFFFF;
        if (bytes.getLong(0) != number || bytes.getShort(FLAGS_AT) != (leaf ? LEAF : BRANCH)) {
            throw new DamagedPagesException("page " + number + " is no " + (leaf ? "leaf" : "branch") + " of a tree");
        }
        if (lower < HEADER_BYTES || lower > upper || upper > pageBytes || lower % 2 != 0) {
            throw new DamagedPagesException("page " + number + " has a header that cannot be");
        }
        int[] nodes = new int[(lower - HEADER_BYTES) / 2];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = bytes.getShort(HEADER_BYTES + 2 * i) & 0xFFFF;
        }
        TreePage page = new TreePage(bytes, number, leaf, nodes);
        page.check(upper, range);
        return page;
    }

    private void check(int upper, KeyRange range) throws DamagedPagesException {
        if (nodes.length < (leaf ? 1 : 2)) {
            throw new DamagedPagesException("page " + number + " has " + nodes.length + " nodes");
        }
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] < upper || nodes[i] > bytes.limit() - NODE_BYTES || end(i) > bytes.limit()) {
                throw new DamagedPagesException("node " + i + " of page " + number + " leaves its page");
            }
        }
        byte[] last = null;
        // the first key of a branch is not there
        for (int i = leaf ? 0 : 1; i < nodes.length; i++) {
            byte[] key = key(i);
            if (!range.holds(key) || (last != null && range.compare(last, key) >= 0)) {
                throw new DamagedPagesException("the keys of page " + number + " are not in order");
            }
            last = key;
        }
    }

    long number() {
        return number;
    }

    int size() {
        return nodes.length;
    }

    byte[] key(int index) {
        int at = nodes[index] + NODE_BYTES;
        return copy(at, keyBytes(index));
    }

    /** Returns the page number of a child. */
    long child(int index) {
        return low(index) | (long) flags(index) << 32;
    }

    /** Returns the keys that a child may hold. */
    KeyRange range(int index, KeyRange own) {
        KeyRange range = index == 0 ? own : own.from(key(index));
        return index == nodes.length - 1 ? range : range.before(key(index + 1));
    }

    /** Returns whether the entry is the root of another tree. */
    boolean isTree(int index) {
        return flags(index) == IS_TREE;
    }

    /**
     * Returns how many pages of its own an entry has.
     *
     * @throws DamagedPagesException if they are not what they should be
     */
    long overflowPages(int index, PageFile file) throws IOException {
        if (!isLarge(index)) {
            return 0;
        }
        long first = overflow(index);
        ByteBuffer header = file.read(first * bytes.limit(), HEADER_BYTES);
        long pages = header.getInt(LOWER_AT) & 0xFFFF_FFFFL;
        if (header.getLong(0) != first
                || header.getShort(FLAGS_AT) != OVERFLOW
                || low(index) > Integer.MAX_VALUE
                || pages < (HEADER_BYTES - 1 + low(index)) / bytes.limit() + 1) {
            throw new DamagedPagesException("page " + first + " does not begin an entry of " + low(index) + " bytes");
        }
        return pages;
    }

    /** Returns the first of those pages. */
    long overflow(int index) {
        return bytes.getLong(nodes[index] + NODE_BYTES + keyBytes(index));
    }

    /** Returns the data of an entry, whose pages have been checked if it has some of its own. */
    ByteBuffer data(int index, PageFile file) throws IOException {
        if (!isLarge(index)) {
            int at = nodes[index] + NODE_BYTES + keyBytes(index);
            byte[] data = copy(at, (int) low(index));
            return ByteBuffer.wrap(data).order(bytes.order());
        }
        long first = overflow(index);
        return file.read(first * bytes.limit() + HEADER_BYTES, (int) low(index));
    }

    private byte[] copy(int at, int count) {
        byte[] copy = new byte[count];
        bytes.get(at, copy);
        return copy;
    }

    private boolean isLarge(int index) {
        return leaf && (flags(index) & IS_LARGE) != 0;
    }

    /** Returns how many bytes an entry has, or the lower part of a child's page number. */
    private long low(int index) {
        return bytes.getInt(nodes[index]) & 0xFFFF_FFFFL;
    }

    private int flags(int index) {
        return bytes.getShort(nodes[index] + 4) & 0xFFFF;
    }

    private int keyBytes(int index) {
        return bytes.getShort(nodes[index] + 6) & 0xFFFF;
    }

    private long end(int index) {
        long data = !leaf ? 0 : isLarge(index) ? Long.BYTES : low(index);
        return nodes[index] + NODE_BYTES + keyBytes(index) + data;
    }
}
