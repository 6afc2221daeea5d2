package dev.fleche.benchmarks.stores;

/**
 * A store on disk, as far as it is measured. Not thread-safe.
 *
 * @param <K> a key, as the store takes it
 * @param <E> an entry, as the store takes it
 */
interface Store<K, E> extends AutoCloseable {

    /** Returns the key of an entry. */
    K key(int number);

    /** Returns an entry to be stored. */
    E entry(int number);

    /** Finds what is stored under a key and returns the length of its value, -1 if there is nothing. */
    int read(K key) throws Exception;

    /** Stores one entry on its own. */
    void put(E entry) throws Exception;

    @Override
    void close() throws Exception;

    /** A store of byte arrays under byte arrays. */
    interface OfBytes extends Store<byte[], Entries.Entry> {

        @Override
        default byte[] key(int number) {
            return Entries.of(number).key();
        }

        @Override
        default Entries.Entry entry(int number) {
            return Entries.of(number);
        }

        /** Stores the entries from {@code start} to before {@code end}, in one transaction if it has any. */
        void fill(int start, int end) throws Exception;
    }
}
