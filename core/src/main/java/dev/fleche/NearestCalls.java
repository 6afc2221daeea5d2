package dev.fleche;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.RecordedCall;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recorded calls that are nearest to one that is not recorded.
 *
 * <p>Nearest are those with the same arguments, then those of the same version, then those with most equal arguments,
 * then those of the same code. Not thread-safe; confined to one explanation.
 */
final class NearestCalls {

    /** How many that are equally near are kept, the latest of them. */
    private static final int MAX_KEPT = 16;

    private static final Comparator<Rank> NEARER = Comparator.comparing(Rank::sameArguments)
            .thenComparing(Rank::sameVersion)
            .thenComparingInt(Rank::equalArguments)
            .thenComparing(Rank::sameCode);

    private final Present present;
    private final PriorityQueue<RecordedCall<?>> kept =
            new PriorityQueue<>(Comparator.comparing(RecordedCall<?>::stop).thenComparing(RecordedCall::key));
    private @Nullable Rank best;

    /**
     * The call to which recorded ones are compared.
     *
     * @param version the version of the function
     * @param code the digest of its code
     * @param arguments the digests of the arguments
     */
    record Present(Optional<String> version, Optional<Digest> code, List<Digest> arguments) {}

    /** How near a recorded call is. */
    record Rank(boolean sameArguments, boolean sameVersion, int equalArguments, boolean sameCode) {}

    private NearestCalls(Present present) {
        this.present = present;
    }

    /** Returns those among {@code calls}, which all are of the function. */
    static NearestCalls among(Stream<? extends RecordedCall<?>> calls, Present present) {
        NearestCalls nearest = new NearestCalls(present);
        calls.forEach(nearest::consider);
        return nearest;
    }

    /** Returns how near they are, or null if there are none. */
    @Nullable
    Rank rank() {
        return best;
    }

    /** Returns them, the latest first; there is one at least. */
    List<RecordedCall<?>> calls() {
        return kept.stream().sorted(kept.comparator().reversed()).toList();
    }

    private void consider(RecordedCall<?> call) {
        Rank rank = rank(call.record());
        int comparison = best == null ? 1 : NEARER.compare(rank, best);
        if (comparison < 0) {
            return;
        }
        if (comparison > 0) {
            kept.clear();
            best = rank;
        }
        kept.add(call);
        if (kept.size() > MAX_KEPT) {
            kept.remove();
        }
    }

    private Rank rank(CallRecord record) {
        List<RecordedArgument> arguments = record.arguments();
        int equal = 0;
        for (int i = 0; i < Math.min(arguments.size(), present.arguments.size()); i++) {
            equal += arguments.get(i).digest().equals(present.arguments.get(i)) ? 1 : 0;
        }
        return new Rank(
                equal == arguments.size() && equal == present.arguments.size(),
                record.version().equals(present.version),
                equal,
                record.codeDigest().equals(present.code));
    }
}
