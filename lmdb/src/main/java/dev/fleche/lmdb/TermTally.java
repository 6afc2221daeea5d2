package dev.fleche.lmdb;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.RecordTerms;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The comparison of the terms that the records of one committed state have with those in the database of terms, in
 * whatever order the entries come.
 *
 * <p>Both sides are added up: how many, and a number made of each. So nothing is kept, and two sides that differ have
 * the same sums once in 2<sup>64</sup> times. Not thread-safe.
 */
final class TermTally implements PageWalk.Listener {

    private long expected;
    private long expectedSum;
    private long found;
    private long foundSum;
    private boolean damaged;
    private boolean complete;

    @Override
    public void entry(String name, byte[] key, byte[] data) {
        if (name.equals(Area.TERMS.toString())) {
            if (key.length == TermIndex.KEY_BYTES && data.length == 0) {
                found++;
                foundSum += number(key);
            }
            complete |= TermIndex.saysComplete(key, data);
        } else if (name.equals(Area.CALLS.toString()) && key.length == Digest.BYTES) {
            record(key, data);
        }
    }

    private void record(byte[] key, byte[] data) {
        if (EntryBytes.readRecord(data, Digest.of(key)) instanceof Lookup.Hit<CallRecord> hit) {
            for (long term : RecordTerms.of(hit.value())) {
                expected++;
                expectedSum += number(TermIndex.key(term, key));
            }
        } else {
            damaged = true;
        }
    }

    /** Returns a number that looks random, made of all bytes of a key. */
    private static long number(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        long number = 0;
        while (bytes.hasRemaining()) {
            number = mixed(number + bytes.getLong());
        }
        return number;
    }

    /** The last steps of MurmurHash3 by Austin Appleby, as {@code java.util.SplittableRandom} has them. */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Returns whether the database holds the terms of all sound records, and no others. */
    boolean fits() {
        return complete && found == expected && foundSum == expectedSum;
    }

    /** Returns what is wrong; nothing too if there may be too many terms, as those of a damaged record are. */
    Optional<String> flaw() {
        if (fits() || (damaged && complete && found >= expected)) {
            return Optional.empty();
        }
        return Optional.of(
                complete
                        ? "has " + found + " terms, and should have "
                                + (found == expected ? "others" : Long.toString(expected))
                                + "; queries may miss records"
                        : "is not complete; queries read all records");
    }
}
