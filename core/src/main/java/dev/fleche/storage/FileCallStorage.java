package dev.fleche.storage;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.CallRecordFormat;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Set;
import java.util.stream.Stream;

/** A call storage of one file for each record. */
final class FileCallStorage implements CallStorage {

    private final FileStore store;
    private final ShardedFiles files;
    private final DamageLog damageLog = new DamageLog();

    FileCallStorage(FileStore store) {
        this.store = store;
        files = new ShardedFiles(store.directory().root().resolve(StoreDirectory.CALLS));
    }

    @Override
    public Lookup<CallRecord> find(Digest key) {
        if (files.isClosed()) {
            return Lookup.miss(Reason.UNAVAILABLE, "the call storage is closed");
        }
        return FileReads.read(files.file(key), in -> read(in, key));
    }

    @Override
    public boolean contains(Digest key) {
        return files.contains(key);
    }

    @Override
    public boolean putIfAbsent(CallRecord record) {
        files.requireOpen();
        byte[] bytes = EntryBytes.of(record);
        return store.writeIfAbsent(files.file(record.key()).toPath(), out -> out.write(bytes));
    }

    @Override
    public void replace(CallRecord record) {
        files.requireOpen();
        byte[] bytes = EntryBytes.of(record);
        store.write(files.file(record.key()).toPath(), out -> out.write(bytes));
    }

    @Override
    public boolean remove(Digest key) {
        boolean removed = files.remove(key);
        if (removed) {
            // who removes a wrong result must not see it again after a power failure
            store.keepNames(files.file(key).getParentFile().toPath());
        }
        return removed;
    }

    @Override
    public Stream<Digest> keys() {
        return files.names();
    }

    @Override
    public Stream<CallRecord> records() {
        return files.names().flatMap(this::sound);
    }

    @Override
    public Admission admit(Digest key, Set<Address> values) {
        files.requireOpen();
        return store.admit(key, values);
    }

    @Override
    public void close() {
        if (files.close()) {
            store.close();
        }
    }

    private static Lookup<CallRecord> read(RandomAccessFile in, Digest key) throws IOException {
        long length = in.length();
        if (length > CallRecordFormat.MAX_BYTES) {
            return Lookup.miss(Reason.DAMAGED, "is " + length + " bytes long, longer than any record");
        }
        byte[] bytes = new byte[(int) length];
        in.readFully(bytes);
        return EntryBytes.readRecord(bytes, key);
    }

    private Stream<CallRecord> sound(Digest key) {
        files.requireOpen();
        return damageLog.sound(key, find(key));
    }
}
