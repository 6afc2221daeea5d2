package dev.fleche.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** Storages of files in a directory, shared by threads and processes, also by network file systems. */
final class FileStorages {

    static final String TYPE = "files";
    static final String PATH = "path";

    private FileStorages() {}

    /**
     * Opens the store in {@code directory}, which is created if it is not there.
     *
     * @throws StorageException if the directory is something else, or cannot be created; nothing is changed then
     */
    static Storages open(Path directory) {
        return open(directory, Durability.FAST);
    }

    static Storages open(Path directory, Durability durability) {
        return of(openStore(directory, durability));
    }

    static FileStore openStore(Path directory, Durability durability) {
        return new FileStore(StoreDirectory.open(directory, TYPE), new Placement(true), durability, 2);
    }

    /** Returns the two storages of {@code store}, which ends when both are closed, and its locks. */
    static Storages of(FileStore store) {
        return new Storages(
                new FileValueStorage(store),
                new FileCallStorage(store),
                new FileKeyLocks(store.directory()),
                new DirectoryUpkeep(store.directory(), Set.of()));
    }

    static final class Provider implements StorageProvider {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Storages open(CacheConfig config) {
            config.requireKnownOptions(Set.of(PATH, CacheConfig.DURABILITY));
            String path = config.options().getOrDefault(PATH, "");
            if (path.isBlank()) {
                throw new IllegalArgumentException(
                        "expected the option " + PATH + " for storages of type " + TYPE + ": the store's directory");
            }
            try {
                return FileStorages.open(Path.of(path), Durability.of(config));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(
                        "option " + PATH + "=" + path + " is no path here: " + e.getMessage(), e);
            }
        }
    }
}
