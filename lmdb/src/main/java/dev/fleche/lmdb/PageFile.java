package dev.fleche.lmdb;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * LMDB's file, read as a file: whatever is wrong with it cannot end the process, as it can when it is mapped.
 *
 * <p>Not thread-safe; confined to one check.
 */
final class PageFile implements Closeable {

    private final RandomAccessFile in;
    private final long length;

    private PageFile(RandomAccessFile in) throws IOException {
        this.in = in;
        length = in.length();
    }

    static PageFile open(Path path) throws IOException {
        File file = path.toFile();
        return new PageFile(new RandomAccessFile(file, "r"));
    }

    long length() {
        return length;
    }

    /**
     * Returns the two meta pages, the newer one first, which is the one that LMDB uses.
     *
     * @throws DamagedPagesException if one of them is damaged
     */
    List<MetaPage> metas() throws IOException {
        List<MetaPage> both = possibleMetas();
        if (both.size() < MetaPage.PAGES || !both.get(0).isUsable()) {
            throw new DamagedPagesException("the pages with which a file of LMDB 0.9 begins are damaged");
        }
        return both;
    }

    /** Returns those of the two meta pages that may be sound, the newer one first. */
    List<MetaPage> possibleMetas() throws IOException {
        List<MetaPage> found = new ArrayList<>();
        int pageBytes = MetaPage.USUAL_PAGE_BYTES;
        for (int number = 0; number < MetaPage.PAGES; number++) {
            long at = (long) number * pageBytes;
            if (at <= length - MetaPage.BYTES) {
                Optional<MetaPage> page = MetaPage.read(read(at, MetaPage.BYTES), number, length);
                page.ifPresent(found::add);
                pageBytes = page.map(MetaPage::pageBytes).orElse(pageBytes);
            }
        }
        found.sort(Comparator.comparingLong(MetaPage::txn).reversed());
        return found;
    }

    /** Returns whether the file was written by another version of LMDB. */
    boolean isOfOtherVersion() throws IOException {
        return length >= MetaPage.BYTES && MetaPage.isOfOtherVersion(read(0, MetaPage.BYTES));
    }

    /**
     * Returns {@code count} bytes from {@code at}.
     *
     * @throws DamagedPagesException if the file ends before
     */
    ByteBuffer read(long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        if (at < 0 || at > length - count) {
            throw new DamagedPagesException(
                    "the file has " + length + " bytes, and should have " + count + " from byte " + at);
        }
        in.seek(at);
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
