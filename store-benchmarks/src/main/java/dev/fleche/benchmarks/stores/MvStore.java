package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore: a map with byte arrays as keys. */
final class MvStore implements Store.OfBytes {

    private final MVStore store;
    private final MVMap<byte[], byte[]> entries;
    private final boolean isDurable;

    private MvStore(MVStore store, boolean isDurable) {
        this.store = store;
        this.entries = store.openMap(
                "entries",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        this.isDurable = isDurable;
    }

    static MvStore open(Path directory, boolean isDurable) throws IOException {
        Files.createDirectories(directory);
        String file = directory.resolve("entries.mv").toString();
        return new MvStore(
                new MVStore.Builder().fileName(file).autoCommitDisabled().open(), isDurable);
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
        if (isDurable) {
            store.sync();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
