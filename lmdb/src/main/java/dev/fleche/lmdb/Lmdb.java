package dev.fleche.lmdb;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Caches in LMDB, for millions of small entries: call records and small values are entries of one file that is mapped
 * into memory, large values are files beside it.
 *
 * <p>A cache may be used by any number of threads and processes of one machine at once, each directory by one copy of
 * this library in a JVM. Directories on network file systems are refused; {@link Cache#files} may be there. Call
 * records are found, stored and locked as in files. The file grows by itself, up to the option {@code maxBytes} if
 * there is one; a full disk, or a full file, is a warning and a value that is not kept.
 *
 * <p>Options of type {@code lmdb}: {@code path}, the directory; {@code durability}, {@code fast} or {@code durable};
 * {@code maxBytes}, at least 1 MiB; {@code largeValueBytes}, from which size on a value is a file, 16 KiB unless given.
 * {@code fast} writes nothing to the disk at once: what was stored survives the end of the process, however it ends.
 * When the system ends before all is on the disk, the whole file is read and checked by the next who opens it, its
 * sound entries are kept, and the others are computed again. {@code durable} waits for the disk with every call that is
 * stored.
 *
 * <p>LMDB trusts its file. A damaged file is noticed when it is opened if its beginning or its length is wrong, and
 * otherwise by {@code verify}, which reads the file without mapping it. Until then, a damaged page may end the process,
 * and so does a file that is truncated while it is open. Entries carry checksums of their own: a damaged one is a miss,
 * never a wrong value. A program must not copy or open the file {@code lmdb/lock.mdb} of a cache that it has open: on
 * Unix, closing it again gives up LMDB's locks. Where processes are killed while they write, other systems than Linux
 * may need all processes to end before the cache can be written again.
 *
 * <p>Needs no option of the JVM; from Java 24 on, {@code --enable-native-access=ALL-UNNAMED} silences its warnings. On
 * the module path, the jar {@code native} of lmdbjava belongs on the class path, since its name is no module's.
 */
public final class Lmdb {

    private Lmdb() {}

    /**
     * Returns the cache in LMDB of a directory, which is made if it does not exist.
     *
     * <p>The first opening in a JVM takes half a second, in which LMDB is loaded.
     *
     * @throws dev.fleche.storage.StorageException if the directory holds something else, is on a network file system,
     *     or cannot be used; nothing in it is touched then
     */
    public static Cache open(Path directory) {
        return Cache.open(config(directory));
    }

    /** Returns the configuration of the cache in LMDB of a directory, to which options may be added. */
    public static CacheConfig config(Path directory) {
        return CacheConfig.of(LmdbStore.TYPE)
                .with(
                        LmdbOptions.PATH,
                        Objects.requireNonNull(directory, "directory")
                                .toAbsolutePath()
                                .toString());
    }
}
