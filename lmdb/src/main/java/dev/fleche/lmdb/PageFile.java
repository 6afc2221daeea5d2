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
     * Returns the two meta pages, the newer one first.
     *
     * @throws DamagedPagesException if one of them is damaged
     */
    List<MetaPage> metas() throws IOException {
        MetaPage first = meta(0, 0);
        MetaPage second = meta(1, first.pageBytes());
        if (first.pageBytes() != second.pageBytes()) {
            throw new DamagedPagesException("page 1 says that pages have " + second.pageBytes() + " bytes, page 0 "
                    + first.pageBytes());
        }
        List<MetaPage> both = new ArrayList<>(List.of(first, second));
        both.sort(Comparator.comparingLong(MetaPage::txn).reversed());
        return both;
    }

    private MetaPage meta(int number, long at) throws IOException {
        ByteBuffer bytes = read(at, MetaPage.BYTES);
        Optional<MetaPage> page = MetaPage.read(bytes);
        if (page.isEmpty()) {
            throw new DamagedPagesException("page " + number + " is not one with which a file of LMDB 0.9 begins");
        }
        return page.get();
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
