package dev.fleche.lmdb;

import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import dev.fleche.storage.DirectoryStore;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.Storages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Txn;

/** A store in LMDB: its directory and its environment, which end when both storages are closed. */
final class LmdbStore {

    static final String TYPE = "lmdb";
    static final String DIRECTORY = "lmdb";

    private static final int LISTED_AT_ONCE = 500;

    private final DirectoryStore directory;
    private final Engine engine;
    private int users = 2;

    private LmdbStore(DirectoryStore directory, Engine engine) {
        this.directory = directory;
        this.engine = engine;
    }

    /**
     * Opens the store that {@code options} describe.
     *
     * @throws StorageException if it cannot be opened
     */
    static Storages open(LmdbOptions options) {
        NativeLibrary.require();
        LocalDisk.require(options.directory());
        DirectoryStore directory = DirectoryStore.open(options.directory(), TYPE, options.durability());
        EngineFiles files = null;
        Storages opened = null;
        try {
            files = EngineFiles.open(directory.directory(DIRECTORY), options.durability());
            directory.keepNames(files.directory());
            Engine engine = Engine.open(files, options.maxBytes());
            opened = storages(new LmdbStore(directory, engine), options);
            Salvage.run(engine);
            TermIndex.complete(engine);
            return opened;
        } finally {
            if (opened == null) {
                directory.close();
                if (files != null) {
                    files.close();
                }
            }
        }
    }

    private static Storages storages(LmdbStore store, LmdbOptions options) {
        return new Storages(
                new LmdbValueStorage(store, options.largeValueBytes()),
                new LmdbCallStorage(store),
                store.directory.locks(),
                new LmdbUpkeep(store.engine).and(store.directory.upkeep(Set.of(DIRECTORY))));
    }

    DirectoryStore directory() {
        return directory;
    }

    Engine engine() {
        return engine;
    }

    /** Ends one storage's use; the last one's closes the store. */
    synchronized void close() {
        users--;
        if (users == 0) {
            engine.close();
            directory.close();
        }
    }

    /** Returns the keys of all entries of an area; no transaction stays open between two steps of the stream. */
    Stream<Digest> keys(Area area) {
        return StreamSupport.stream(new Keys(area), false);
    }

    private final class Keys extends Spliterators.AbstractSpliterator<Digest> {

        private final Area area;
        private List<byte[]> known;
        private int next;

        Keys(Area area) {
            super(Long.MAX_VALUE, Spliterator.DISTINCT | Spliterator.NONNULL);
            this.area = area;
            known = keysFrom(area, new byte[1]);
        }

        @Override
        public boolean tryAdvance(Consumer<? super Digest> action) {
            while (true) {
                if (next == known.size()) {
                    if (known.size() < LISTED_AT_ONCE) {
                        return false;
                    }
                    known = keysFrom(area, after(known.get(known.size() - 1)));
                    next = 0;
                    continue;
                }
                byte[] key = known.get(next++);
                if (key.length == Digest.BYTES) {
                    action.accept(Digest.of(key));
                    return true;
                }
            }
        }
    }

    private List<byte[]> keysFrom(Area area, byte[] from) {
        return engine.read(txn -> keysFrom(txn, area, from));
    }

    private List<byte[]> keysFrom(Txn<byte[]> txn, Area area, byte[] from) {
        List<byte[]> keys = new ArrayList<>();
        OpenEnv env = engine.env();
        try (Cursor<byte[]> cursor = env.cursor(txn, area)) {
            byte @Nullable [] key = env.seek(cursor, from);
            while (key != null && keys.size() < LISTED_AT_ONCE) {
                keys.add(key);
                key = cursor.next() ? cursor.key() : null;
            }
        }
        return keys;
    }

    /** Returns the least key after {@code key}. */
    private static byte[] after(byte[] key) {
        byte[] next = new byte[key.length + 1];
        System.arraycopy(key, 0, next, 0, key.length);
        return next;
    }

    /** Returns a miss that says why the store could not be asked. */
    static <T> Lookup<T> unavailable(StorageException e) {
        return Lookup.miss(Lookup.Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
    }

    /** Returns {@code lookup}, which says where the entry is if there is something wrong with it. */
    static <T> Lookup<T> at(Area area, Digest key, Lookup<T> lookup) {
        return lookup instanceof Lookup.Miss<T> miss
                ? Lookup.miss(miss.reason(), "the entry " + key + " of " + area + " " + miss.detail())
                : lookup;
    }
}
