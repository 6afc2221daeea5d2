package dev.fleche.lmdb;

import dev.fleche.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/**
 * LMDB's environment as all threads of this process use it.
 *
 * <p>The map grows when it is full, and follows that of other processes. An interrupt changes nothing: LMDB knows none.
 * Safe for several threads and processes.
 */
final class Engine implements AutoCloseable {

    /* Who may do what when:
     *
     * - A read holds one of the Readers' slots, a write the Writers' turn.
     * - The map is replaced, and the environment closed or opened anew, by who holds the turn and all slots. So a read
     *   that finds the map too small gives its slot up before it asks for that; and nobody asks for the turn while it
     *   holds a slot.
     */

    static final long MIN_MAP_BYTES = 1 << 20;

    private static final long DOUBLING_BYTES = 1L << 30;
    private static final long REMOVAL_BYTES = 1 << 18;
    private static final int ATTEMPTS = 100;

    private final EngineFiles files;
    private final long maxBytes;
    private final Readers readers = new Readers();
    private final Writers writers = new Writers(this::commit);
    private @Nullable OpenEnv env;
    private boolean failed;

    private Engine(EngineFiles files, long maxBytes, OpenEnv env) {
        this.files = files;
        this.maxBytes = maxBytes;
        this.env = env;
    }

    /**
     * Opens the environment.
     *
     * @throws StorageException if it cannot be opened
     */
    static Engine open(EngineFiles files, long maxBytes) {
        // LMDB wants a multiple of the size of pages
        long limit = maxBytes / MIN_MAP_BYTES * MIN_MAP_BYTES;
        return new Engine(files, limit, files.openEnv(limit));
    }

    /**
     * Reads within a transaction of its own.
     *
     * @throws StorageException if LMDB cannot be asked
     */
    <R> R read(Readers.Reading<R> reading) {
        for (int attempt = 1; ; attempt++) {
            try {
                return readers.read(this::requireEnv, reading);
            } catch (LmdbException e) {
                recover(e, attempt, false, task -> writers.exclude(() -> readers.exclude(task)));
            }
        }
    }

    /** Returns the entry of {@code key}, if there is one. */
    byte @Nullable [] get(Area area, byte[] key) {
        return read(txn -> Optional.ofNullable(requireEnv().get(txn, area, key)))
                .orElse(null);
    }

    /**
     * Makes a change and commits it, perhaps with others.
     *
     * @throws StorageException if it cannot be committed; nothing of it remains
     */
    <R> R write(Change<R> change) {
        return writers.write(change);
    }

    private void commit(List<Writers.Pending<?>> batch) {
        try {
            commitAll(batch);
            batch.forEach(Writers.Pending::committed);
        } catch (StorageException e) {
            if (batch.size() == 1) {
                batch.get(0).failed(e);
            } else {
                // one that cannot be made must not take the others with it
                batch.forEach(pending -> commit(List.of(pending)));
            }
        }
    }

    private void commitAll(List<Writers.Pending<?>> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                OpenEnv open = requireEnv();
                files.beforeWrite();
                try (Txn<byte[]> txn = open.beginWrite()) {
                    Change.Target target = new Change.Target(open, txn, this::readCommitted);
                    batch.forEach(pending -> pending.make(target));
                    txn.commit();
                }
                return;
            } catch (LmdbException e) {
                // this thread has the turn, or answers for one that has it
                recover(e, attempt, batch.stream().allMatch(Writers.Pending::isRemoval), readers::exclude);
            }
        }
    }

    /** Reads while this process has the turn; who has it may take a slot. */
    private <R> R readCommitted(Readers.Reading<R> reading) {
        return readers.read(this::requireEnv, reading);
    }

    /**
     * Removes what kept a transaction from going on, so that it can be tried again, or throws.
     *
     * @param removal whether it only removes entries
     * @param exclusion runs a task while nobody else uses the environment
     */
    private void recover(LmdbException e, int attempt, boolean removal, Consumer<Runnable> exclusion) {
        if (attempt == ATTEMPTS) {
            throw failure(e);
        }
        if (e instanceof Env.MapFullException) {
            exclusion.accept(() -> grow(e, removal));
        } else if (e instanceof Dbi.MapResizedException) {
            exclusion.accept(() -> requireEnv().setMapBytes(0));
        } else if (e instanceof Env.ReadersFullException && attempt == 1) {
            exclusion.accept(() -> requireEnv().freeDeadReaders());
        } else if (e instanceof LmdbNativeException.PanicException && attempt == 1) {
            exclusion.accept(this::reopen);
        } else {
            throw failure(e);
        }
    }

    /** Makes the map larger; pages that dead readers keep are given back first. */
    private void grow(LmdbException full, boolean removal) {
        OpenEnv open = requireEnv();
        open.freeDeadReaders();
        long now = open.mapBytes();
        long wanted = now < DOUBLING_BYTES ? 2 * now : now + DOUBLING_BYTES;
        // removing an entry takes new pages before it frees old ones
        long next = removal && now >= maxBytes ? now + REMOVAL_BYTES : Math.min(wanted, maxBytes);
        if (next <= now) {
            throw new StorageException(
                    "the store in " + files.directory() + " is full: LMDB's file has reached its limit of " + maxBytes
                            + " bytes; raise the option " + LmdbOptions.MAX_BYTES + ", or remove entries",
                    full);
        }
        open.setMapBytes(next);
    }

    /** Closes an environment that a failed write has made unusable, and opens it again. */
    private void reopen() {
        OpenEnv broken = requireEnv();
        env = null;
        failed = true;
        readers.end();
        broken.close();
        env = files.openEnv(maxBytes);
        failed = false;
    }

    /**
     * Begins anew with an empty file; what is sound in the damaged one is copied by {@link Salvage}.
     *
     * @throws StorageException if other processes have it open; this store is closed then
     */
    void replace(List<String> damages) {
        writers.exclude(() -> readers.exclude(() -> {
            OpenEnv damaged = requireEnv();
            env = null;
            failed = true;
            readers.end();
            env = files.replace(damaged, damages, maxBytes);
            failed = false;
        }));
    }

    private StorageException failure(LmdbException e) {
        return new StorageException("LMDB in " + files.directory() + " failed: " + e.getMessage(), e);
    }

    /** Called with a slot or the turn. */
    private OpenEnv requireEnv() {
        OpenEnv open = env;
        if (open == null) {
            throw new StorageException("the store in " + files.directory()
                    + (failed ? " failed, and could not be opened again" : " is closed") + "; open it again");
        }
        return open;
    }

    /** Returns what {@code question} says of the environment, while it stays open. */
    <R> R ask(Supplier<R> question) {
        return read(txn -> question.get());
    }

    OpenEnv env() {
        return requireEnv();
    }

    EngineFiles files() {
        return files;
    }

    @Override
    public void close() {
        writers.exclude(() -> readers.exclude(() -> {
            OpenEnv last = env;
            if (last == null) {
                files.close();
                return;
            }
            env = null;
            readers.end();
            files.close(last);
        }));
    }
}
