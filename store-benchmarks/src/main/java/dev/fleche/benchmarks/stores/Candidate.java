package dev.fleche.benchmarks.stores;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that is measured: one of ours, or another. */
enum Candidate {
    PLAIN_FILES("plain-files", "one file per entry", null, ""),
    FILES("files", "Fleche, files", PLAIN_FILES, ""),
    LMDBJAVA("lmdbjava", "lmdbjava", null, ""),
    LMDB("lmdb", "Fleche, LMDB", LMDBJAVA, ""),
    SQLITE_JDBC("sqlite-jdbc", "SQLite by JDBC", null, ""),
    SQLITE("sqlite", "Fleche, SQLite", SQLITE_JDBC, ""),
    MVSTORE("mvstore", "H2 MVStore", null, "one process at a time"),
    MAPDB("mapdb", "MapDB", null, "one process at a time; every commit is synced"),
    ROCKSDB("rocksdb", "RocksDB", null, "one process at a time"),
    EHCACHE("ehcache", "Ehcache, on disk", null, "one process at a time; empty after a kill");

    private final String key;
    private final String title;
    private final @Nullable Candidate engine;
    private final String remark;

    Candidate(String key, String title, @Nullable Candidate engine, String remark) {
        this.key = key;
        this.title = title;
        this.engine = engine;
        this.remark = remark;
    }

    /** Returns the name by which the command line chooses this store. */
    String key() {
        return key;
    }

    /** Returns the name for people. */
    String title() {
        return title;
    }

    /** Returns what this store cannot do; empty if there is nothing. */
    String remark() {
        return remark;
    }

    /** Returns the bare store beneath a store of ours; empty for all others. */
    Optional<Candidate> engine() {
        return Optional.ofNullable(engine);
    }

    boolean isOurs() {
        return engine != null;
    }

    /** Returns whether a hit among so many entries has a budget as a multiple of a look-up in the bare store. */
    boolean isHitLimited(int size) {
        return this == FILES || (this == LMDB && size >= 1_000_000);
    }

    /** Returns whether a query reads those records only that it is for. */
    boolean selectsRecords() {
        return this == SQLITE;
    }

    /** Returns whether a put can be made to survive the end of the process, or the loss of power. */
    boolean canKeepPuts(Durability durability) {
        return switch (this) {
            case EHCACHE -> false;
            case MAPDB -> durability == Durability.DURABLE;
            default -> true;
        };
    }

    /** Returns whether a name on the command line chooses this store. */
    boolean isNamed(String name) {
        return key.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Returns how a store of ours is opened; its type is this one's name. */
    CacheConfig config(Path directory, Durability durability) {
        return CacheConfig.of(key)
                .with("path", directory.toString())
                .with(CacheConfig.DURABILITY, durability.toString());
    }

    /** Opens the store in a directory, which is made if it is not there. */
    Store<?, ?> open(Path directory, Durability durability) throws Exception {
        return isOurs() ? FlecheStore.open(config(directory, durability)) : openBytes(directory, durability);
    }

    /** Opens a store that is not ours. */
    Store.OfBytes openBytes(Path directory, Durability durability) throws Exception {
        boolean isDurable = durability == Durability.DURABLE;
        return switch (this) {
            case PLAIN_FILES -> PlainFiles.open(directory, isDurable);
            case LMDBJAVA -> LmdbJavaStore.open(directory, isDurable);
            case SQLITE_JDBC -> SqliteJdbcStore.open(directory, isDurable);
            case MVSTORE -> MvStore.open(directory, isDurable);
            case MAPDB -> MapDbStore.open(directory);
            case ROCKSDB -> RocksDbStore.open(directory, isDurable);
            case EHCACHE -> EhcacheStore.open(directory);
            default -> throw new IllegalStateException(this + " is one of ours");
        };
    }
}
