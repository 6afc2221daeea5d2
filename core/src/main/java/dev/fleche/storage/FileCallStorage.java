package dev.fleche.storage;

import dev.fleche.codec.CodecException;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.CallRecordFormat;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A call storage of one file for each record. */
final class FileCallStorage implements CallStorage {

    private static final System.Logger LOGGER = System.getLogger(FileCallStorage.class.getPackageName());
    private static final int MAX_REPORTED = 1000;

    private final FileStore store;
    private final ShardedFiles files;
    private final Set<Digest> reported = ConcurrentHashMap.newKeySet();

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
        byte[] bytes = encode(record);
        return store.writeIfAbsent(files.file(record.key()).toPath(), out -> out.write(bytes));
    }

    @Override
    public void replace(CallRecord record) {
        files.requireOpen();
        byte[] bytes = encode(record);
        store.write(files.file(record.key()).toPath(), out -> out.write(bytes));
    }

    @Override
    public boolean remove(Digest key) {
        return files.remove(key);
    }

    @Override
    public Stream<CallRecord> records() {
        return files.names().flatMap(this::sound);
    }

    @Override
    public Admission admit(Digest key, Set<Address> values) {
        files.requireOpen();
        if (values.isEmpty()) {
            return () -> {};
        }
        StringBuilder lines = new StringBuilder();
        new TreeSet<>(values).forEach(address -> lines.append(address).append('\n'));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
        Path path = store.pathOfOwner(StoreDirectory.ADMISSIONS, key.toString());
        store.write(path, out -> out.write(bytes));
        // one that cannot be deleted ends with its owner
        return () -> path.toFile().delete();
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
        try {
            return Lookup.hit(CallRecordFormat.decode(bytes, key));
        } catch (CodecException e) {
            return Lookup.miss(Reason.DAMAGED, "is damaged: " + e.getMessage());
        }
    }

    private static byte[] encode(CallRecord record) {
        try {
            return CallRecordFormat.encode(record);
        } catch (CodecException e) {
            throw new StorageException(
                    "the call record of " + record.function() + " cannot be stored: " + e.getMessage(), e);
        }
    }

    private Stream<CallRecord> sound(Digest key) {
        files.requireOpen();
        Lookup<CallRecord> lookup = find(key);
        if (lookup instanceof Lookup.Hit<CallRecord> hit) {
            return Stream.of(hit.value());
        }
        if (lookup instanceof Lookup.Miss<CallRecord> miss && miss.reason() != Reason.ABSENT) {
            report(key, miss);
        }
        return Stream.empty();
    }

    private void report(Digest key, Lookup.Miss<CallRecord> miss) {
        if (reported.size() < MAX_REPORTED && reported.add(key)) {
            LOGGER.log(System.Logger.Level.WARNING, "a call record is passed over: " + miss.detail());
        }
    }
}
