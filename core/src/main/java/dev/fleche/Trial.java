package dev.fleche;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A body that runs to show what the present code does: calls nested in it take over no result of other code.
 *
 * <p>What they compute in place of an adopted result is kept until the end, or a recursive function would take
 * exponential time; what is stored stays. Safe for use by several threads.
 */
final class Trial {

    private final Map<Digest, Value> computed = new ConcurrentHashMap<>();
    private volatile boolean over;

    boolean isOver() {
        return over;
    }

    void keep(Digest key, Value value) {
        if (!over) {
            computed.put(key, value);
        }
    }

    @Nullable
    Value kept(Digest key) {
        return computed.get(key);
    }

    /** Ends the trial; whoever was bound inside outlives it, and holds on to nothing. */
    void end() {
        over = true;
        computed.clear();
    }
}
