package dev.fleche.lmdb;

import java.util.Arrays;
import java.util.Comparator;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.lmdbjava.BufferProxy;

/**
 * Copies entries between the heap and LMDB's memory, as far as the page of each reaches.
 *
 * <p>How long an entry is stands in its page, and LMDB takes it as it is. A length that damage has made larger would
 * lead behind the end of the file, which ends the process. So it is checked first: an entry lies within one page, or
 * begins behind the header of pages of its own, which says how many there are. One that does not is read as an empty
 * entry, which no record and no value is. Safe for use by several threads.
 */
final class EntryProxy extends BufferProxy<byte[]> {

    private static final byte[] NOTHING = {};
    private static final int HEADER_BYTES = 16;
    private static final int PAGES_BEFORE = 4;

    private final Runtime runtime = Runtime.getSystemRuntime();
    private volatile int pageBytes = 1;

    /** Sets the size of pages. */
    void setPageBytes(int bytes) {
        pageBytes = bytes;
    }

    @Override
    protected byte[] allocate() {
        return NOTHING;
    }

    @Override
    protected void deallocate(byte[] buffer) {
        // on the heap
    }

    @Override
    protected byte[] getBytes(byte[] buffer) {
        return buffer.clone();
    }

    @Override
    protected Comparator<byte[]> getSignedComparator() {
        return Arrays::compare;
    }

    @Override
    protected Comparator<byte[]> getUnsignedComparator() {
        return Arrays::compareUnsigned;
    }

    /** Returns the memory of the copy, which is needed as long as LMDB reads it. */
    @Override
    protected Pointer in(byte[] buffer, Pointer entry) {
        Pointer memory = runtime.getMemoryManager().allocateDirect(buffer.length);
        memory.put(0, buffer, 0, buffer.length);
        entry.putLong(STRUCT_FIELD_OFFSET_SIZE, buffer.length);
        entry.putAddress(STRUCT_FIELD_OFFSET_DATA, memory.address());
        return memory;
    }

    @Override
    protected Pointer in(byte[] buffer, int size, Pointer entry) {
        throw new UnsupportedOperationException("an array on the heap cannot be reserved in LMDB's memory");
    }

    @Override
    protected byte[] out(byte[] buffer, Pointer entry) {
        long address = entry.getAddress(STRUCT_FIELD_OFFSET_DATA);
        long size = entry.getLong(STRUCT_FIELD_OFFSET_SIZE);
        if (size <= 0 || size > Integer.MAX_VALUE || !isInItsPages(address, size)) {
            return NOTHING;
        }
        byte[] bytes = new byte[(int) size];
        Pointer.wrap(runtime, address, size).get(0, bytes, 0, bytes.length);
        return bytes;
    }

    private boolean isInItsPages(long address, long size) {
        int page = pageBytes;
        long at = address & (page - 1);
        if (at != HEADER_BYTES) {
            return at + size <= page;
        }
        long pages =
                Pointer.wrap(runtime, address - PAGES_BEFORE, Integer.BYTES).getInt(0) & 0xFFFF_FFFFL;
        return HEADER_BYTES + size <= pages * page;
    }
}
