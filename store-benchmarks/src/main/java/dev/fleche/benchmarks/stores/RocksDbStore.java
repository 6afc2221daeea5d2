package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB with a Bloom filter and a cache of half a gibibyte. */
final class RocksDbStore implements Store.OfBytes {

    private static final long CACHE_BYTES = 512L << 20;
    private static final int BLOOM_BITS = 10;

    private final Options options;
    private final WriteOptions writing;
    private final RocksDB store;

    private RocksDbStore(Options options, RocksDB store, boolean isDurable) {
        this.options = options;
        this.store = store;
        this.writing = new WriteOptions().setSync(isDurable);
    }

    static RocksDbStore open(Path directory, boolean isDurable) throws IOException, RocksDBException {
        Files.createDirectories(directory);
        Options options = new Options()
                .setCreateIfMissing(true)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(new LRUCache(CACHE_BYTES))
                        .setFilterPolicy(new BloomFilter(BLOOM_BITS)));
        return new RocksDbStore(options, RocksDB.open(options, directory.toString()), isDurable);
    }

    @Override
    public void fill(int start, int end) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = start; i < end; i++) {
                Entries.Entry entry = entry(i);
                batch.put(entry.key(), entry.value());
            }
            store.write(writing, batch);
        }
    }

    @Override
    public int read(byte[] key) throws RocksDBException {
        byte[] value = store.get(key);
        return value == null ? -1 : value.length;
    }

    @Override
    public void put(Entries.Entry entry) throws RocksDBException {
        store.put(writing, entry.key(), entry.value());
    }

    @Override
    public void close() {
        writing.close();
        store.close();
        options.close();
    }
}
