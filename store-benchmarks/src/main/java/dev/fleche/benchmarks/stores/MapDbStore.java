package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** MapDB with transactions: without them a killed process leaves a file that cannot be opened. */
final class MapDbStore implements Store.OfBytes {

    private final DB store;
    private final ConcurrentMap<byte[], byte[]> entries;

    private MapDbStore(DB store) {
        this.store = store;
        this.entries = store.hashMap("entries", Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY)
                .createOrOpen();
    }

    static MapDbStore open(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new MapDbStore(DBMaker.fileDB(directory.resolve("entries.mapdb").toFile())
                .fileMmapEnableIfSupported()
                .transactionEnable()
                .make());
    }

    @Override
    public void fill(int start, int end) {
        for (int i = start; i < end; i++) {
            Entries.Entry entry = entry(i);
            entries.put(entry.key(), entry.value());
        }
        store.commit();
    }

    @Override
    public int read(byte[] key) {
        byte[] value = entries.get(key);
        return value == null ? -1 : value.length;
    }

    @Override
    public void put(Entries.Entry entry) {
        entries.put(entry.key(), entry.value());
        store.commit();
    }

    @Override
    public void close() {
        store.close();
    }
}
