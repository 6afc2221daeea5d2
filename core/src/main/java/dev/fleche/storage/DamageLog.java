package dev.fleche.storage;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a call storage tells of damaged records that a listing passes over: each once.
 *
 * <p>Safe for use by several threads.
 */
public final class DamageLog {

    private static final System.Logger LOGGER = System.getLogger(DamageLog.class.getPackageName());
    private static final int MAX_REPORTED = 1000;

    private final Set<Digest> reported = ConcurrentHashMap.newKeySet();

    /** Creates a log of its own for one storage. */
    public DamageLog() {}

    /**
     * Returns the record that a look-up found; nothing, and a warning the first time, if what is there is damaged or
     * unreadable; nothing if there is none.
     */
    public Stream<CallRecord> sound(Digest key, Lookup<CallRecord> found) {
        if (found instanceof Lookup.Hit<CallRecord> hit) {
            return Stream.of(hit.value());
        }
        if (found instanceof Lookup.Miss<CallRecord> miss
                && miss.reason() != Lookup.Reason.ABSENT
                && reported.size() < MAX_REPORTED
                && reported.add(key)) {
            LOGGER.log(System.Logger.Level.WARNING, "a call record is passed over: " + miss.detail());
        }
        return Stream.empty();
    }
}
