package dev.fleche.lmdb;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.RecordTerms;
import dev.fleche.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Copies what is sound in a damaged file of LMDB to the one that has taken its place.
 *
 * <p>Only what the last committed state reaches: what was removed before does not come back. Not thread-safe.
 */
final class Salvage {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.lmdb");
    private static final int AT_ONCE = 1000;

    private final Engine engine;
    private final List<Consumer<Change.Target>> waiting = new ArrayList<>();

    private Salvage(Engine engine) {
        this.engine = engine;
    }

    /** Copies the entries of the damaged file, if there is one, and removes it then; trouble is logged. */
    static void run(Engine engine) {
        Path damaged = engine.files().damaged();
        if (!damaged.toFile().exists()) {
            return;
        }
        try {
            new Salvage(engine).copy(damaged);
            Files.deleteIfExists(damaged);
        } catch (IOException | StorageException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the sound entries of " + damaged + " could not be copied: " + e.getMessage()
                            + "; opening the store again tries it again, and deleting the file gives them up");
        }
    }

    private void copy(Path damaged) throws IOException {
        try (PageFile file = PageFile.open(damaged)) {
            List<MetaPage> metas = file.possibleMetas();
            if (!metas.isEmpty()) {
                PageWalk.damages(file, metas.get(0), this::add);
                flush();
            }
        }
    }

    private void add(String name, byte[] key, byte[] data) {
        if (key.length == Digest.BYTES) {
            addition(name, key, data).ifPresent(waiting::add);
        }
        if (waiting.size() == AT_ONCE) {
            flush();
        }
    }

    /** Returns what adds an entry, if it is a sound record or value; terms are added with their records. */
    private static Optional<Consumer<Change.Target>> addition(String name, byte[] key, byte[] data) {
        Digest digest = Digest.of(key);
        if (name.equals(Area.CALLS.toString())
                && EntryBytes.readRecord(data, digest) instanceof Lookup.Hit<CallRecord> hit) {
            Set<Long> terms = RecordTerms.of(hit.value());
            return Optional.of(target -> TermIndex.putIfAbsent(target, key, data, terms));
        }
        if (name.equals(Area.VALUES.toString())
                && ValueEntry.read(data, new Address(digest)) instanceof Lookup.Hit<Value>) {
            return Optional.of(target -> target.putIfAbsent(Area.VALUES, key, data));
        }
        return Optional.empty();
    }

    private void flush() {
        List<Consumer<Change.Target>> batch = List.copyOf(waiting);
        waiting.clear();
        engine.write(target -> {
            batch.forEach(entry -> entry.accept(target));
            return true;
        });
    }
}
