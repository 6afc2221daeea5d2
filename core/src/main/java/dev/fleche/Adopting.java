package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordedCall;
import dev.fleche.record.StoredValue;
import dev.fleche.record.ValueUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of results of other code to the keys of the present one.
 *
 * <p>First all records are read, then a sample is computed again, and only then is anything moved. Not thread-safe;
 * confined to one adoption.
 */
final class Adopting {

    private static final String UNCOMPARED = "none of its calls can be computed again from what is recorded of them";
    private static final String OLDER = "a later code has results as well";

    private final Memo<?> memo;
    private final Profile profile;
    private final Cache cache;
    private final List<Move> moves = new ArrayList<>();
    private final List<FormerCode> codes = new ArrayList<>();
    private long notRekeyed;

    /** A record that is to be another's too. */
    private record Move(Digest from, Digest to, Optional<Digest> former, CallCode code, Instant computed) {

        /** Returns whether the code is the same, so that only the choice of what enters the key is another. */
        boolean isOfPresentCode() {
            return former.equals(Optional.of(code.digest()));
        }

        boolean hasCodesOf(Move other) {
            return former.equals(other.former) && code.digest().equals(other.code.digest());
        }
    }

    /** The results of one code whose calls reach one code now. Not thread-safe; confined to one adoption. */
    private static final class FormerCode {

        private final List<Move> moves = new ArrayList<>();
        private String obstacle = "";
        private long adopted;
        private long alreadyThere;
        private int compared;

        Move latest() {
            return moves.get(0);
        }

        AdoptionReport.OfCode report() {
            Move latest = latest();
            return new AdoptionReport.OfCode(
                    latest.former, latest.computed, moves.size(), adopted, alreadyThere, compared, obstacle);
        }
    }

    private Adopting(Memo<?> memo) {
        this.memo = memo;
        this.profile = memo.profile();
        this.cache = memo.activeCache();
    }

    static AdoptionReport adopt(Memo<?> memo, Adoption adoption) {
        return new Adopting(memo).adopt(adoption);
    }

    private AdoptionReport adopt(Adoption adoption) {
        try (Stream<RecordedCall<Object>> calls = Lookups.underAnyId(profile, cache).stream()) {
            calls.filter(call -> Lookups.isOfVersion(profile, call)
                            && Lookups.isOfLambda(profile, cache, call)
                            && RecordedInputs.hasCaptures(profile, call))
                    .forEach(this::consider);
        }
        moves.sort(Comparator.comparing(Move::computed).reversed());
        moves.forEach(this::sort);
        codes.forEach(this::choose);
        // first what needs no word of anybody, which is then there already
        codes.sort(Comparator.comparing(code -> !code.latest().isOfPresentCode()));
        Optional<AdoptionReport.Differing> differing =
                adoption.sample() > 0 ? compare(adoption.sample()) : Optional.empty();
        if (differing.isPresent()) {
            return report(differing, "");
        }
        if (!codes.isEmpty() && codes.stream().noneMatch(code -> code.obstacle.isEmpty())) {
            return report(Optional.empty(), UNCOMPARED);
        }
        codes.stream()
                .filter(code -> code.obstacle.isEmpty())
                .forEach(code -> code.moves.forEach(move -> move(code, move)));
        return report(Optional.empty(), "");
    }

    private void sort(Move move) {
        for (FormerCode code : codes) {
            if (code.latest().hasCodesOf(move)) {
                code.moves.add(move);
                return;
            }
        }
        FormerCode code = new FormerCode();
        code.moves.add(move);
        codes.add(code);
    }

    /** Leaves all codes but one: of two results of a call, only one is by the code that was changed last. */
    private void choose(FormerCode code) {
        if (code.latest().isOfPresentCode()) {
            return;
        }
        Digest present = code.latest().code.digest();
        for (FormerCode later : codes.subList(0, codes.indexOf(code))) {
            if (!later.latest().isOfPresentCode()
                    && later.latest().code.digest().equals(present)) {
                code.obstacle = OLDER;
            }
        }
    }

    private AdoptionReport report(Optional<AdoptionReport.Differing> differing, String obstacle) {
        return new AdoptionReport(
                profile.id(),
                codes.stream().mapToLong(code -> code.adopted).sum(),
                codes.stream().mapToLong(code -> code.alreadyThere).sum(),
                notRekeyed,
                codes.stream().mapToInt(code -> code.compared).sum(),
                differing,
                obstacle,
                codes.stream().map(FormerCode::report).toList());
    }

    private void consider(RecordedCall<Object> call) {
        CallRecord record = call.record();
        try {
            @Nullable Object @Nullable [] arguments = RecordedInputs.keyArguments(profile, call);
            if (arguments == null) {
                notRekeyed += CodeJudge.isPresent(profile, call) ? 0 : 1;
                return;
            }
            SealedKey sealed = profile.sealKeyed(arguments);
            CallCode code = sealed.reached();
            if (code == null
                    || (record.key().equals(sealed.key()) && record.codeDigest().equals(Optional.of(code.digest())))) {
                return;
            }
            if (isKeyOf(record, sealed)) {
                moves.add(new Move(record.key(), sealed.key(), record.codeDigest(), code, record.stop()));
            } else {
                notRekeyed++;
            }
        } catch (UndigestibleException e) {
            // as when its code cannot be analysed any more
            notRekeyed++;
        }
    }

    /** Returns whether the key of a record follows from these arguments: a check that they are those of its call. */
    private boolean isKeyOf(CallRecord record, SealedKey sealed) {
        return profile
                .code()
                .formerFunctions(record.function(), record.codeDigest(), code -> StoredManifests.find(cache, code))
                .stream()
                .anyMatch(function -> sealed.keyOf(function).equals(record.key()));
    }

    private void move(FormerCode code, Move move) {
        CallRecord record;
        try {
            record = cache.load(move.from, profile.context()).record();
        } catch (NotCachedException e) {
            // evicted since
            return;
        }
        StoredManifests.store(cache, move.code);
        boolean inPlace = move.from.equals(move.to);
        CallRecord filed = record.adopted(move.to, move.code.digest()).renamed(move.to, profile.id());
        if (cache.file(filed, profile.context(), inPlace)) {
            code.adopted++;
            // what has a former id may be another function's by now
            if (!inPlace && record.function().equals(profile.id())) {
                cache.evict(move.from);
            }
        } else {
            code.alreadyThere++;
        }
    }

    /** Computes calls of each code again that is to be adopted; returns the first whose result is another. */
    private Optional<AdoptionReport.Differing> compare(int sample) {
        for (FormerCode code : codes) {
            if (code.obstacle.isEmpty() && !code.latest().isOfPresentCode()) {
                Optional<AdoptionReport.Differing> differing = compare(code, sample);
                if (differing.isPresent()) {
                    return differing;
                }
            }
        }
        return Optional.empty();
    }

    /** Computes the latest calls of a code again; returns the first whose result is another. */
    private Optional<AdoptionReport.Differing> compare(FormerCode code, int sample) {
        for (Move move : code.moves) {
            if (code.compared == sample) {
                break;
            }
            RecordedCall<Object> call;
            try {
                call = cache.load(move.from, profile.context());
            } catch (NotCachedException e) {
                // evicted since
                continue;
            }
            @Nullable Object @Nullable [] arguments = RecordedInputs.keyArguments(profile, call);
            @Nullable
            Object @Nullable [] passed =
                    arguments == null ? null : RecordedInputs.passedArguments(memo, call, arguments);
            if (passed != null) {
                Object present = run(passed);
                code.compared++;
                if (!isSame(call.record(), present)) {
                    return Optional.of(differing(call, present));
                }
            }
        }
        if (code.compared == 0) {
            code.obstacle = UNCOMPARED;
        }
        return Optional.empty();
    }

    /** Runs the body as a call of the memo would, but on the present code alone; its exceptions pass unchanged. */
    private @Nullable Object run(@Nullable Object[] passed) {
        Context bound = memo.bound();
        Trial trial = new Trial();
        Context before =
                (bound != null ? bound : Context.current()).withTrial(trial).enter();
        try {
            Object returned = memo.run(passed);
            if (profile.future() == null || returned == null) {
                return returned;
            }
            return returned instanceof CompletionStage<?> stage
                    ? stage.toCompletableFuture().get()
                    : ((Future<?>) returned).get();
        } catch (Exception thrown) {
            throw Sneaky.rethrow(thrown);
        } finally {
            before.enter();
            trial.end();
        }
    }

    /** Compares by digest where both have one: two encodings of equal content may differ. */
    private boolean isSame(CallRecord record, @Nullable Object present) {
        if (record.resultDigest().isPresent()) {
            try {
                return Digester.standard()
                        .digest(present)
                        .equals(record.resultDigest().get());
            } catch (UndigestibleException e) {
                // then its bytes decide
                Trouble.LOGGER.log(System.Logger.Level.DEBUG, "a result has no digest any more", e);
            }
        }
        Value encoded = Codecs.standard().encode(present, profile.context(), CallSteps.MAX_RESULT_BYTES);
        return encoded.address().equals(addressOf(record.result()));
    }

    private static Address addressOf(StoredValue result) {
        return result instanceof StoredValue.Inline inline
                ? inline.value().address()
                : ((StoredValue.Separate) result).address();
    }

    private AdoptionReport.Differing differing(RecordedCall<Object> call, @Nullable Object present) {
        Object recorded;
        try {
            recorded = call.result();
        } catch (ValueUnavailableException e) {
            Explanation.Difference whole =
                    new Explanation.Difference("result", "a value that is gone", ShortText.of(present));
            return new AdoptionReport.Differing(call.key(), List.of(whole), 1);
        }
        ValueDifferences differences = ValueDifferences.between("result", recorded, present);
        return new AdoptionReport.Differing(call.key(), differences.kept(), differences.count());
    }
}
