package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call whose arguments are stored and whose key is sealed, and that waits for its result.
 *
 * <p>Ends by {@link #commit} or {@link #abandon}; leaving it without a commit abandons it. Not thread-safe; confined to
 * one call.
 */
public interface PreparedCall extends AutoCloseable {

    /** What a commit did. */
    enum Outcome {
        /** The record was stored. */
        STORED,
        /** There was a record with the same result; it stays. */
        ALREADY_THERE,
        /** There was a record with another result; it stays. The function is not deterministic. */
        DIFFERS
    }

    /**
     * When and how long the body ran.
     *
     * @param start when it started
     * @param stop when it returned
     * @param wallTime how long it ran, by a monotonic clock
     */
    record Timing(Instant start, Instant stop, Duration wallTime) {}

    /**
     * Stores the result, and then the record: the record is the commit point.
     *
     * <p>A record that is sound and already there stays, unless the call replaces; one that is damaged, or whose value
     * is lost or cannot be decoded, is replaced.
     *
     * @param resultDigest the digest of the result, if it has one
     * @throws dev.fleche.storage.StorageException if it cannot be stored; the call is then abandoned
     * @throws IllegalStateException if the call was committed or abandoned before
     */
    Outcome commit(Value result, Optional<Digest> resultDigest, Timing timing);

    /** Drops the call: no record is stored. Idempotent; never throws. */
    void abandon();

    /** Abandons the call unless it was committed. */
    @Override
    void close();
}
