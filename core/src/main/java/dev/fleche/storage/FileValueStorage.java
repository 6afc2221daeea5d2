package dev.fleche.storage;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import java.io.File;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A value storage of one file for each value. */
final class FileValueStorage implements ValueStorage {

    /** Far below the time for which collecting spares what is young, and far above the time between two calls. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** So many values are known to survive; others are written to the disk once more, which finds nothing to do. */
    private static final int MAX_KEPT = 10_000;

    private final FileStore store;
    private final ShardedFiles files;
    private final Set<Address> kept = ConcurrentHashMap.newKeySet();

    FileValueStorage(FileStore store) {
        this.store = store;
        files = new ShardedFiles(store.directory().root().resolve(StoreDirectory.VALUES));
    }

    /** What is there is compared with {@code value} in full: reading it costs less than writing it again. */
    @Override
    public void put(Value value) {
        files.requireOpen();
        File file = files.file(value.address().sha256());
        if (!holds(file, value) || !refresh(file) || !keep(file, value.address())) {
            store.write(file.toPath(), out -> ValueFile.write(value, out));
            remember(value.address());
        }
    }

    /** Another process may have stored the value, and not have written it to the disk yet. */
    private boolean keep(File file, Address address) {
        if (kept.contains(address)) {
            return true;
        }
        boolean isKept = store.keep(file.toPath());
        if (isKept) {
            remember(address);
        }
        return isKept;
    }

    private void remember(Address address) {
        if (store.isDurable()) {
            if (kept.size() >= MAX_KEPT) {
                kept.clear();
            }
            kept.add(address);
        }
    }

    @Override
    public Lookup<Value> find(Address address) {
        if (files.isClosed()) {
            return Lookup.miss(Reason.UNAVAILABLE, "the value storage is closed");
        }
        return FileReads.read(files.file(address.sha256()), in -> ValueFile.read(in, address));
    }

    @Override
    public boolean contains(Address address) {
        return files.contains(address.sha256());
    }

    @Override
    public boolean remove(Address address) {
        kept.remove(address);
        return files.remove(address.sha256());
    }

    @Override
    public Stream<Address> addresses() {
        return files.names().map(Address::new);
    }

    @Override
    public void close() {
        if (files.close()) {
            store.close();
        }
    }

    private static boolean holds(File file, Value value) {
        return FileReads.<Value>read(file, in -> ValueFile.holds(in, value) ? Lookup.hit(value) : Lookup.absent())
                instanceof Lookup.Hit;
    }

    /**
     * Returns whether {@code file} counts as just written; false if it is gone, or another's whose time is not ours.
     */
    private static boolean refresh(File file) {
        long now = System.currentTimeMillis();
        return file.lastModified() > now - FRESH.toMillis() || file.setLastModified(now);
    }
}
