package dev.fleche.sql;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Caches in SQL databases.
 *
 * <p><b>SQLite</b>, type {@code sqlite}: a database in a directory, shared by threads and by the processes of one
 * machine; by those of several on a network file system whose locks work. Nothing is to be installed.
 *
 * <p><b>PostgreSQL and MariaDB</b>, types {@code postgresql} and {@code mariadb}: shared by all who reach the server.
 * The driver and HikariCP are to be on the class path or module path.
 *
 * <p>Call records and values are rows; a save is one transaction; queries by function, version, arguments, result, tags
 * and times are answered by indexes.
 */
public final class Sql {

    private Sql() {}

    /**
     * Returns the cache in a SQLite database in {@code directory}, which is made if it does not exist.
     *
     * @throws dev.fleche.storage.StorageException if the directory holds something else, or a newer format; nothing in
     *     it is touched then
     */
    public static Cache open(Path directory) {
        return open(directory, Durability.FAST);
    }

    /**
     * Returns the cache in a SQLite database in {@code directory}, which is made if it does not exist.
     *
     * <p>{@link Durability#FAST} loses nothing if processes are killed; after a power failure, what was stored last may
     * be missing, and the rest is sound. {@link Durability#DURABLE} waits for the disk at each save.
     *
     * @throws dev.fleche.storage.StorageException if the directory holds something else, or a newer format; nothing in
     *     it is touched then
     */
    public static Cache open(Path directory, Durability durability) {
        Objects.requireNonNull(directory, "directory");
        return Cache.open(CacheConfig.of(Dialect.SQLITE.type())
                .with(SqliteProvider.PATH, directory.toAbsolutePath().toString())
                .with(CacheConfig.DURABILITY, durability.toString()));
    }

    /**
     * Returns the cache on the server at {@code url}, whose tables are made if they are not there.
     *
     * <p>Meant for servers that need no password; others are opened by {@link Cache#open(CacheConfig)} with
     * {@link #config}. Connecting takes at most a few seconds.
     *
     * @param url an address that starts with {@code jdbc:postgresql://} or {@code jdbc:mariadb://}
     * @throws IllegalArgumentException if it is another address, or holds a password
     * @throws dev.fleche.storage.StorageException if the server cannot be reached, or refuses
     */
    public static Cache open(String url) {
        return Cache.open(config(url));
    }

    /**
     * Returns the configuration of the cache on the server at {@code url}, to which options are added: {@code user},
     * {@code password} as a reference to where it is, {@code poolSize}, {@code durability}, {@code locks},
     * {@code leaseSeconds}.
     *
     * @param url an address that starts with {@code jdbc:postgresql://} or {@code jdbc:mariadb://}
     * @throws IllegalArgumentException if it is another address, or holds a password
     */
    public static CacheConfig config(String url) {
        Objects.requireNonNull(url, "url");
        Dialect dialect = url.startsWith(Dialect.MARIADB.urlPrefix()) ? Dialect.MARIADB : Dialect.POSTGRESQL;
        CacheConfig config = CacheConfig.of(dialect.type()).with(ServerConfig.URL, url);
        return ServerConfig.of(dialect, config).config();
    }
}
