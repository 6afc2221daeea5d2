package dev.fleche.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all pages of LMDB's file that a committed state reaches, which checks each and tells of the entries.
 *
 * <p>A damaged page is noted, and the walk goes on beside it. Reads every page once. Not thread-safe.
 */
final class PageWalk {

    /** Hears of the entries of sound pages. */
    interface Listener {
        /** Takes one entry of the database {@code name}. */
        void entry(String name, byte[] key, byte[] data) throws IOException;
    }

    private static final int MAX_NOTED = 100;
    private static final int FREE_KEYS = 0x08;
    private static final long MAX_PAGES = Integer.MAX_VALUE;

    private final PageFile file;
    private final MetaPage meta;
    private final Listener listener;
    private final BitSet seen = new BitSet();
    private final List<String> damages = new ArrayList<>();

    /** What a tree has been found to hold. */
    private static final class Count {
        private long branches;
        private long leaves;
        private long overflows;
        private long entries;
        private boolean whole = true;

        private Count() {}

        private Count(TreeRoot tree) {
            branches = tree.branches();
            leaves = tree.leaves();
            overflows = tree.overflows();
            entries = tree.entries();
        }

        @Override
        public String toString() {
            return entries + " entries, " + branches + " branches, " + leaves + " leaves and " + overflows
                    + " other pages";
        }
    }

    /** Takes the entries of one tree. */
    private interface Leaf {
        void entry(TreePage page, int index, byte[] key) throws IOException;
    }

    private PageWalk(PageFile file, MetaPage meta, Listener listener) {
        this.file = file;
        this.meta = meta;
        this.listener = listener;
    }

    /** Walks over the state that {@code meta} begins, and returns what is damaged: where, and what was found. */
    static List<String> damages(PageFile file, MetaPage meta, Listener listener) throws IOException {
        PageWalk walk = new PageWalk(file, meta, listener);
        if (meta.lastPage() >= MAX_PAGES) {
            return List.of("the file says that it has " + meta.lastPage() + " pages, more than can be checked");
        }
        walk.seen.set(0, MetaPage.PAGES);
        walk.tree("the tree of databases", meta.main(), walk::database);
        walk.tree("the tree of free pages", meta.free(), walk::freePages);
        walk.endOfFile();
        return List.copyOf(walk.damages);
    }

    /** The file may end before its last page, if it ends in free pages that were never written. */
    private void endOfFile() {
        int pages = (int) Math.min(MAX_PAGES, file.length() / meta.pageBytes());
        if (damages.isEmpty() && seen.nextClearBit(pages) <= meta.lastPage()) {
            note("the file ends after " + pages + " pages, and should have " + (meta.lastPage() + 1));
        }
    }

    private void tree(String name, TreeRoot tree, Leaf leaf) throws IOException {
        if (tree.isEmpty()) {
            return;
        }
        Count count = new Count();
        boolean numeric = (tree.flags() & FREE_KEYS) != 0;
        pages(tree.root(), tree.depth(), KeyRange.all(numeric), count, leaf);
        if (count.whole && !count.toString().equals(new Count(tree).toString())) {
            note(name + " has " + count + ", and should have " + new Count(tree));
        }
    }

    private void pages(long number, int depth, KeyRange range, Count count, Leaf leaf) throws IOException {
        TreePage page;
        try {
            mark(number, 1);
            page = TreePage.read(file, meta.pageBytes(), number, depth == 1, range);
        } catch (DamagedPagesException e) {
            count.whole = false;
            note(e.getMessage());
            return;
        }
        if (depth == 1) {
            count.leaves++;
            for (int i = 0; i < page.size(); i++) {
                leafEntry(page, i, count, leaf);
            }
            return;
        }
        count.branches++;
        for (int i = 0; i < page.size(); i++) {
            pages(page.child(i), depth - 1, page.range(i, range), count, leaf);
        }
    }

    private void leafEntry(TreePage page, int index, Count count, Leaf leaf) throws IOException {
        count.entries++;
        try {
            long overflows = page.overflowPages(index, file);
            if (overflows > 0) {
                count.overflows += overflows;
                mark(page.overflow(index), overflows);
            }
            leaf.entry(page, index, page.key(index));
        } catch (DamagedPagesException e) {
            count.whole = false;
            note(e.getMessage());
        }
    }

    private void database(TreePage page, int index, byte[] key) throws IOException {
        ByteBuffer data = page.data(index, file);
        String name = new String(key, StandardCharsets.US_ASCII);
        if (!page.isTree(index) || data.limit() != TreeRoot.BYTES) {
            throw new DamagedPagesException("the entry " + name + " on page " + page.number() + " is no database");
        }
        TreeRoot tree = TreeRoot.read(data, 0);
        if (!tree.isPossible(meta.lastPage())) {
            throw new DamagedPagesException("the database " + name + " has no possible root");
        }
        tree("the database " + name, tree, (leafPage, i, entryKey) -> {
            byte[] entry = leafPage.data(i, file).array();
            listener.entry(name, entryKey, entry);
        });
    }

    private void freePages(TreePage page, int index, byte[] key) throws IOException {
        ByteBuffer data = page.data(index, file);
        long count = data.limit() < Long.BYTES ? -1 : data.getLong(0);
        if (count < 0 || count > data.limit() / Long.BYTES - 1) {
            throw new DamagedPagesException(
                    "page " + page.number() + " lists " + count + " free pages in " + data.limit() + " bytes");
        }
        for (int i = 1; i <= count; i++) {
            mark(data.getLong(i * Long.BYTES), 1);
        }
    }

    /** Notes that pages are in use, which nothing else may use. */
    private void mark(long first, long count) throws DamagedPagesException {
        if (first < MetaPage.PAGES || first > meta.lastPage() || count > meta.lastPage() - first + 1) {
            throw new DamagedPagesException("page " + first + " is named, and the last one is " + meta.lastPage());
        }
        int from = (int) first;
        int to = (int) (first + count);
        int taken = seen.nextSetBit(from);
        if (taken >= 0 && taken < to) {
            throw new DamagedPagesException("page " + taken + " is used twice");
        }
        seen.set(from, to);
    }

    private void note(@Nullable String damage) {
        if (damages.size() < MAX_NOTED) {
            damages.add(String.valueOf(damage));
        }
    }
}
