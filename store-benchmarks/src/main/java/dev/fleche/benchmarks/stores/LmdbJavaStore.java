package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/**
 * LMDB by lmdbjava alone, with byte arrays, which need no options of the JVM.
 *
 * <p>Every read sees what was committed before it: one transaction, renewed each time.
 */
final class LmdbJavaStore implements Store.OfBytes {

    private static final long MAP_BYTES = 16L << 30;

    private final Env<byte[]> env;
    private final Dbi<byte[]> entries;
    private final Txn<byte[]> reading;

    private LmdbJavaStore(Env<byte[]> env, Dbi<byte[]> entries, Txn<byte[]> reading) {
        this.env = env;
        this.entries = entries;
        this.reading = reading;
    }

    static LmdbJavaStore open(Path directory, boolean isDurable) throws IOException {
        Files.createDirectories(directory);
        EnvFlags[] flags = isDurable
                ? new EnvFlags[] {EnvFlags.MDB_NOTLS}
                : new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC};
        Env<byte[]> env = Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(MAP_BYTES)
                .setMaxDbs(1)
                .open(directory.toFile(), flags);
        Dbi<byte[]> entries = env.openDbi("entries", DbiFlags.MDB_CREATE);
        Txn<byte[]> reading = env.txnRead();
        reading.reset();
        return new LmdbJavaStore(env, entries, reading);
    }

    @Override
    public void fill(int start, int end) {
        try (Txn<byte[]> txn = env.txnWrite()) {
            for (int i = start; i < end; i++) {
                Entries.Entry entry = entry(i);
                entries.put(txn, entry.key(), entry.value());
            }
            txn.commit();
        }
    }

    @Override
    public int read(byte[] key) {
        reading.renew();
        try {
            byte[] value = entries.get(reading, key);
            return value == null ? -1 : value.length;
        } finally {
            reading.reset();
        }
    }

    @Override
    public void put(Entries.Entry entry) {
        try (Txn<byte[]> txn = env.txnWrite()) {
            entries.put(txn, entry.key(), entry.value());
            txn.commit();
        }
    }

    @Override
    public void close() {
        reading.close();
        env.close();
    }
}
