package dev.fleche.lmdb;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.RecordTerms;
import dev.fleche.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Txn;

/**
 * The database that leads from terms to records: an empty entry for each term of each record, under the term and the
 * first half of the record's key.
 *
 * <p>A record and its terms are written in one transaction. An entry too many costs a look at a record; one that is
 * missing would hide a record, so the database says whether it is complete, and until then it is not asked.
 */
final class TermIndex {

    /* Who completes it:
     *
     * The state is DONE, or the token of whoever is at it, or absent. Whoever writes records adds their terms, whatever
     * the state is. Whoever completes the database writes a token, adds the terms of all records, and writes DONE if the
     * token is still its own; else another one has begun after it, perhaps with an empty database, and will write it.
     */

    /** How many bytes of a record's key are part of an entry's: enough to tell records apart. */
    static final int PART_BYTES = Digest.BYTES / 2;

    /** The length of keys; no other key is an entry's. */
    static final int KEY_BYTES = Long.BYTES + PART_BYTES;

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.lmdb");
    private static final byte[] STATE = "state".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private TermIndex() {}

    /** Returns the key of the entry of a term and a record, of whose key at least the first half is given. */
    static byte[] key(long term, byte[] record) {
        return ByteBuffer.allocate(KEY_BYTES)
                .putLong(term)
                .put(record, 0, PART_BYTES)
                .array();
    }

    /** Stores a record and its terms unless there is an entry for its key, and returns whether it was stored. */
    static boolean putIfAbsent(Change.Target target, byte[] key, byte[] entry, Set<Long> terms) {
        return target.putIfAbsent(Area.CALLS, key, entry) && add(target, key, terms);
    }

    /** Stores a record and its terms in place of whatever is there. */
    static boolean replace(Change.Target target, byte[] key, byte[] entry, Set<Long> terms) {
        Set<Long> gone = new HashSet<>(termsOf(target, key));
        gone.removeAll(terms);
        remove(target, key, gone);
        target.put(Area.CALLS, key, entry);
        return add(target, key, terms);
    }

    /** Removes a record and its terms, and returns whether there was one. */
    static boolean remove(Change.Target target, byte[] key) {
        remove(target, key, termsOf(target, key));
        target.terms().put(Digest.of(key), Set.of());
        return target.delete(Area.CALLS, key);
    }

    private static boolean add(Change.Target target, byte[] key, Set<Long> terms) {
        target.terms().put(Digest.of(key), terms);
        terms.forEach(term -> target.put(Area.TERMS, key(term, key), NOTHING));
        return true;
    }

    private static void remove(Change.Target target, byte[] key, Set<Long> terms) {
        terms.forEach(term -> target.delete(Area.TERMS, key(term, key)));
    }

    /**
     * Returns the terms of the record that is there. Those of a damaged one are not known and stay: to look for them
     * would take as long as reading the database, and they harm nobody.
     */
    private static Set<Long> termsOf(Change.Target target, byte[] key) {
        Set<Long> changed = target.terms().get(Digest.of(key));
        return changed != null
                ? changed
                : target.committed()
                        .read(txn -> Optional.ofNullable(target.env().get(txn, Area.CALLS, key)))
                        .map(entry -> terms(key, entry))
                        .orElse(Set.of());
    }

    private static Set<Long> terms(byte[] key, byte[] entry) {
        return EntryBytes.readRecord(entry, Digest.of(key)) instanceof Lookup.Hit<CallRecord> hit
                ? RecordTerms.of(hit.value())
                : Set.of();
    }

    /** Returns whether every record has its terms. */
    static boolean isComplete(OpenEnv env, Txn<byte[]> txn) {
        return isDone(env.get(txn, Area.TERMS, STATE));
    }

    /** Returns whether an entry of the database says that every record has its terms. */
    static boolean saysComplete(byte[] key, byte[] entry) {
        return Arrays.equals(key, STATE) && isDone(entry);
    }

    private static boolean isDone(byte @Nullable [] state) {
        return Arrays.equals(state, DONE);
    }

    /** Adds the terms that records lack, if the database is not complete; trouble is logged. */
    static void complete(Engine engine) {
        try {
            if (!engine.read(txn -> isComplete(engine.env(), txn))) {
                build(engine, false);
            }
        } catch (StorageException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the terms by which queries find the records in "
                            + engine.files().directory()
                            + " could not be completed: " + e.getMessage()
                            + "; until the store is opened again queries read all records");
        }
    }

    /**
     * Makes the database anew.
     *
     * @throws StorageException if it cannot be written; queries read all records then
     */
    static void rebuild(Engine engine) {
        build(engine, true);
    }

    /** One at a time in a process, so that each reads in the committed state whether another has begun. */
    private static void build(Engine engine, boolean anew) {
        synchronized (engine) {
            buildAlone(engine, anew);
        }
    }

    private static void buildAlone(Engine engine, boolean anew) {
        byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        engine.write(target -> {
            if (anew) {
                target.clear(Area.TERMS);
            }
            target.put(Area.TERMS, STATE, token);
            return true;
        });
        Optional<byte[]> next = Optional.of(RecordPage.START);
        while (next.isPresent()) {
            byte[] from = next.get();
            next = engine.write(target -> buildFrom(target, from, token));
        }
    }

    /** Adds the terms of some records, and returns where to go on. */
    private static Optional<byte[]> buildFrom(Change.Target target, byte[] from, byte[] token) {
        OpenEnv env = target.env();
        RecordPage page = target.committed().read(txn -> RecordPage.of(env, txn, from));
        for (RecordPage.Entry entry : page.entries()) {
            // what the transaction itself has changed has its terms
            if (entry.key().length == Digest.BYTES && !target.terms().containsKey(Digest.of(entry.key()))) {
                add(target, entry.key(), terms(entry.key(), entry.bytes()));
            }
        }
        if (page.next() == null && isState(target, token)) {
            target.put(Area.TERMS, STATE, DONE);
        }
        return Optional.ofNullable(page.next());
    }

    private static boolean isState(Change.Target target, byte[] token) {
        return target.committed().read(txn -> Arrays.equals(target.env().get(txn, Area.TERMS, STATE), token));
    }
}
