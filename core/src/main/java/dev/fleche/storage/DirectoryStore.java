package dev.fleche.storage;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The directory of a store whose entries are kept by an engine: its marker, values in files, and locks on keys.
 *
 * <p>For implementors of storages. The directory is one of a store of this type already, or empty, or not there; it is
 * made for its owner alone, unless a group may write to it. Safe for several threads and processes.
 */
public final class DirectoryStore implements AutoCloseable {

    private final StoreDirectory directory;
    private final FileStore files;
    private final ValueStorage values;
    private final KeyLocks locks;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DirectoryStore(StoreDirectory directory, FileStore files) {
        this.directory = directory;
        this.files = files;
        values = new FileValueStorage(files);
        locks = new FileKeyLocks(directory);
    }

    /**
     * Opens the store in {@code directory}, which becomes one if it is empty or not there.
     *
     * @param type the type name that its marker says: lower-case letters, digits and hyphens
     * @throws StorageException if it is something else, or cannot be created; nothing is changed then
     */
    public static DirectoryStore open(Path directory, String type, Durability durability) {
        StoreDirectory opened = StoreDirectory.open(directory, Objects.requireNonNull(type, "type"));
        return new DirectoryStore(opened, new FileStore(opened, new Placement(true), durability, 2));
    }

    /** Returns the directory's absolute path. */
    public Path root() {
        return directory.root();
    }

    /**
     * Returns the directory of a name below the root, which is made if it is not there, for whom the store is for.
     *
     * @throws StorageException if it cannot be made
     */
    public Path directory(String name) {
        try {
            directory.restore();
            Path created = directory.createDirectories(name);
            files.keepNames(created);
            return created;
        } catch (IOException e) {
            throw new StorageException(
                    directory.root().resolve(name) + " cannot be created: " + StoreDirectory.reason(e), e);
        }
    }

    /**
     * Sees to it that the names in {@code place}, the root or a directory below it, survive a power failure, if the
     * store is durable: for files that the engine has made and does not see to itself.
     *
     * @throws StorageException if they may not
     */
    public void keepNames(Path place) {
        files.keepNames(place);
    }

    /** Returns the storage of values in files below the root. */
    public ValueStorage values() {
        return values;
    }

    /**
     * Notes that values belong to a call, as {@link CallStorage#admit} does.
     *
     * @throws StorageException if the note cannot be written
     */
    public CallStorage.Admission admit(Digest key, Set<Address> addresses) {
        return files.admit(key, addresses);
    }

    /**
     * Returns the care for the marker, the values in files and what dead processes left.
     *
     * <p>Its size is that of everything below the root but the engine's own.
     *
     * @param engine the names below the root that are the engine's; any other that is not the library's is foreign
     */
    public Upkeep upkeep(Set<String> engine) {
        return new DirectoryUpkeep(directory, engine);
    }

    /** Returns the locks on keys, in a file below the root. */
    public KeyLocks locks() {
        return locks;
    }

    /** Ends the use of the directory, its values and its locks. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            values.close();
            locks.close();
            files.close();
        }
    }
}
