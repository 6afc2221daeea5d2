package dev.fleche.record;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * The knowledge which recorded calls were computed by code that has changed since.
 *
 * <p>Records know no functions, only their ids; who knows the functions of this process says so here. Safe for use by
 * several threads.
 */
public final class Staleness {

    private static volatile Predicate<RecordedCall<?>> judge = call -> false;

    private Staleness() {}

    /** Lets {@code judge} tell which calls are stale, in place of whoever did before. */
    public static void judgeBy(Predicate<RecordedCall<?>> judge) {
        Staleness.judge = Objects.requireNonNull(judge, "judge");
    }

    static boolean isStale(RecordedCall<?> call) {
        return judge.test(call);
    }
}
