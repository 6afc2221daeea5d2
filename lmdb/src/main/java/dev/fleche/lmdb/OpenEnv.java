package dev.fleche.lmdb;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.GetOp;
import org.lmdbjava.LmdbException;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/** An open environment of LMDB with its databases. Whoever uses it sees to the order of threads. */
final class OpenEnv {

    /** One entry is read at a time per slot, and a process has few slots; the table takes 64 bytes for each. */
    private static final int MAX_READERS = 2048;

    private static final int FILE_MODE = 0600;

    /** Between two of them others would have to make the map larger each time. */
    private static final int OPENINGS = 100;

    private final Env<byte[]> env;
    private final EntryProxy proxy;
    private final Map<Area, Dbi<byte[]>> databases = new EnumMap<>(Area.class);
    private int pageBytes;
    private long mapBytes;

    private OpenEnv(Env<byte[]> env, EntryProxy proxy) {
        this.env = env;
        this.proxy = proxy;
    }

    /** Opens the environment in {@code directory}, which is made if there is none. */
    static OpenEnv open(Path directory, long mapBytes, EnvFlags... flags) {
        EntryProxy proxy = new EntryProxy();
        Env<byte[]> env = Env.create(proxy)
                .setMapSize(mapBytes)
                .setMaxDbs(Area.values().length)
                .setMaxReaders(MAX_READERS)
                .open(directory.toFile(), FILE_MODE, flags);
        boolean done = false;
        try {
            OpenEnv open = new OpenEnv(env, proxy);
            open.remap();
            for (Area area : Area.values()) {
                open.databases.put(area, open.database(area, OPENINGS));
            }
            done = true;
            return open;
        } finally {
            if (!done) {
                env.close();
            }
        }
    }

    /** Opens a database; the map follows that of other processes, which may have grown since this one's was made. */
    private Dbi<byte[]> database(Area area, int attempts) {
        try {
            return env.openDbi(area.bytes(), DbiFlags.MDB_CREATE);
        } catch (Dbi.MapResizedException e) {
            if (attempts == 1) {
                throw e;
            }
            setMapBytes(0);
            return database(area, attempts - 1);
        }
    }

    /** Notes where the map is. */
    private void remap() {
        EnvInfo info = env.info();
        pageBytes = env.stat().pageSize;
        proxy.setPageBytes(pageBytes);
        mapBytes = info.mapSize;
    }

    long mapBytes() {
        return mapBytes;
    }

    /** Makes the map of another size; zero for the one that other processes gave it. No transaction may be open. */
    void setMapBytes(long bytes) {
        env.setMapSize(bytes);
        remap();
    }

    Txn<byte[]> beginRead() {
        return env.txnRead();
    }

    Txn<byte[]> beginWrite() {
        return env.txnWrite();
    }

    byte @Nullable [] get(Txn<byte[]> txn, Area area, byte[] key) {
        return database(area).get(txn, key);
    }

    boolean put(Txn<byte[]> txn, Area area, byte[] key, byte[] entry, PutFlags... flags) {
        return database(area).put(txn, key, entry, flags);
    }

    boolean delete(Txn<byte[]> txn, Area area, byte[] key) {
        return database(area).delete(txn, key);
    }

    /** Removes all entries. */
    void clear(Txn<byte[]> txn, Area area) {
        database(area).drop(txn);
    }

    /** Returns the first key at or after {@code from}, and puts the cursor there. */
    byte @Nullable [] seek(Cursor<byte[]> cursor, byte[] from) {
        return cursor.get(from, GetOp.MDB_SET_RANGE) ? cursor.key() : null;
    }

    Cursor<byte[]> cursor(Txn<byte[]> txn, Area area) {
        return database(area).openCursor(txn);
    }

    long entries(Txn<byte[]> txn, Area area) {
        return database(area).stat(txn).entries;
    }

    /** Returns the bytes of the file that LMDB has used. */
    long usedBytes() {
        return (env.info().lastPageNumber + 1) * pageBytes;
    }

    /** Frees the readers' slots of processes that have ended. */
    void freeDeadReaders() {
        env.readerCheck();
    }

    /** Waits until all that was committed is on the disk. */
    void sync() {
        env.sync(true);
    }

    /** Closes the environment; transactions that are open end. */
    void close() throws LmdbException {
        env.close();
    }

    private Dbi<byte[]> database(Area area) {
        Dbi<byte[]> database = databases.get(area);
        if (database == null) {
            throw new IllegalStateException("the database " + area + " is not open");
        }
        return database;
    }
}
