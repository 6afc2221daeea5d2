package dev.fleche;

import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.digest.MetCode;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.record.RecordedCall;
import dev.fleche.record.Staleness;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The judgement whether recorded calls were computed by the code that their function has now.
 *
 * <p>Which code a call reaches depends on the classes of its arguments too, so another digest alone is no sign: the
 * arguments are decoded and the code is looked for anew, once for each code digest of a function. Safe for use by
 * several threads.
 */
final class CodeJudge {

    /** Bounds, so that a program that makes memos without end does not fill the memory. */
    private static final int MAX_FUNCTIONS = 10_000;

    private static final int MAX_PROFILES = 8;
    private static final int MAX_VERDICTS = 1000;

    private static final Map<FunctionId, Deque<WeakReference<Profile>>> DECLARED = new ConcurrentHashMap<>();

    static {
        Staleness.judgeBy(CodeJudge::isStale);
    }

    /** Whether the codes with some digests are out of date. Safe for use by several threads. */
    static final class Verdicts {
        private final Map<Digest, Boolean> stale = new ConcurrentHashMap<>();
    }

    private CodeJudge() {}

    /** Notes a function that a memo of this process wraps. */
    static void declare(Profile profile) {
        if (DECLARED.size() >= MAX_FUNCTIONS) {
            return;
        }
        Deque<WeakReference<Profile>> profiles = DECLARED.computeIfAbsent(profile.id(), unknown -> new ArrayDeque<>());
        synchronized (profiles) {
            profiles.removeIf(known -> known.get() == null);
            while (profiles.size() >= MAX_PROFILES) {
                profiles.removeFirst();
            }
            profiles.addLast(new WeakReference<>(profile));
        }
    }

    /** Returns whether the functions of this process that could have made a call all have other code now. */
    static boolean isStale(RecordedCall<?> call) {
        boolean stale = false;
        for (Profile profile : declared(call.function())) {
            if (isOf(profile, call)) {
                if (!Boolean.TRUE.equals(verdict(profile, call))) {
                    return false;
                }
                stale = true;
            }
        }
        return stale;
    }

    private static List<Profile> declared(FunctionId id) {
        Deque<WeakReference<Profile>> profiles = DECLARED.get(id);
        List<Profile> found = new ArrayList<>();
        if (profiles != null) {
            synchronized (profiles) {
                for (WeakReference<Profile> known : profiles) {
                    Profile profile = known.get();
                    if (profile != null) {
                        found.add(profile);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isOf(Profile profile, RecordedCall<?> call) {
        // a lambda without a name shares its id with others, and only the cache could tell whose call it is
        return !profile.code().isNameless()
                && call.version().equals(Optional.ofNullable(profile.version()))
                && RecordedInputs.hasCaptures(profile, call);
    }

    /** Returns whether a call of the function, of what it captured, was computed by other code than it has now. */
    static boolean isStale(Profile profile, RecordedCall<?> call) {
        return RecordedInputs.hasCaptures(profile, call) && Boolean.TRUE.equals(verdict(profile, call));
    }

    /** Returns whether a call of the function was computed by the code that it has now. */
    static boolean isPresent(Profile profile, RecordedCall<?> call) {
        return Boolean.FALSE.equals(verdict(profile, call));
    }

    private static @Nullable Boolean verdict(Profile profile, RecordedCall<?> call) {
        Optional<Digest> recorded = call.record().codeDigest();
        if (recorded.isEmpty()) {
            return null;
        }
        Map<Digest, Boolean> known = profile.verdicts().stale;
        Boolean verdict = known.get(recorded.get());
        if (verdict == null) {
            verdict = judge(profile, recorded.get(), call);
            if (verdict != null && known.size() < MAX_VERDICTS) {
                known.put(recorded.get(), verdict);
            }
        }
        return verdict;
    }

    /** Returns null if it cannot be told. */
    private static @Nullable Boolean judge(Profile profile, Digest recorded, RecordedCall<?> call) {
        CallCode present = presentCode(profile, call);
        return present == null ? null : !present.digest().equals(recorded);
    }

    /** Returns the code that a recorded call would reach in this program; null if that cannot be told. */
    static @Nullable CallCode presentCode(Profile profile, RecordedCall<?> call) {
        try {
            @Nullable Object @Nullable [] arguments = RecordedInputs.keyArguments(profile, call);
            if (arguments != null) {
                return profile.sealKeyed(arguments).reached();
            }
            return profile.bringsNoCode() ? profile.code().code(null, MetCode.NONE) : null;
        } catch (UndigestibleException e) {
            // the code cannot be analysed, which the function's own calls are told
            return null;
        }
    }
}
