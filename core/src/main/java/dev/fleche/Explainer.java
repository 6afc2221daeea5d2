package dev.fleche;

import dev.fleche.annotation.CodeChange;
import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way from a call to why it hits or misses. Not thread-safe; confined to one explanation. */
final class Explainer {

    private final Profile profile;
    private final Cache cache;
    private final SealedKey sealed;
    private final Digest key;
    private final List<Digest> argumentDigests;
    private final @Nullable CallCode reached;

    private Explainer(Profile profile, Cache cache, SealedKey sealed, List<Digest> argumentDigests) {
        this.profile = profile;
        this.cache = cache;
        this.sealed = sealed;
        this.key = sealed.key();
        this.argumentDigests = argumentDigests;
        this.reached = sealed.reached();
    }

    /** Explains a call with arguments that are loaded. */
    static Explanation explain(Profile profile, Cache cache, @Nullable Object[] arguments) {
        FunctionId function = profile.id();
        if (cache.isVoid()) {
            return new Explanation.NotCached(function, "the cache of this call keeps nothing");
        }
        Explainer explainer;
        try {
            SealedKey sealed = profile.seal(arguments);
            explainer = new Explainer(profile, cache, sealed, sealed.argumentDigests());
        } catch (Exception | LinkageError | StackOverflowError e) {
            // whatever it is, the call meets it too, and runs uncached
            return new Explanation.NotCached(function, "no key can be made of the call: " + reason(e));
        }
        return explainer.explain();
    }

    private static String reason(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || !thrown.getClass().getName().startsWith("dev.fleche.") ? thrown.toString() : message;
    }

    private Explanation explain() {
        Lookup<@Nullable Object> found = cache.find(key, profile.context());
        if (found instanceof Lookup.Miss<@Nullable Object> miss) {
            return explain(miss);
        }
        try {
            return hit(cache.load(key, profile.context()).record());
        } catch (NotCachedException e) {
            // evicted since
            return absent();
        }
    }

    private Explanation explain(Lookup.Miss<?> miss) {
        return switch (miss.reason()) {
            case ABSENT -> absent();
            case VALUE_LOST -> new Explanation.ValueLost(profile.id(), key, miss.detail());
            case DAMAGED -> new Explanation.Damaged(profile.id(), key, miss.detail());
            case UNDECODABLE -> new Explanation.Undecodable(profile.id(), key, miss.detail());
            case UNAVAILABLE -> new Explanation.Unavailable(profile.id(), key, miss.detail());
        };
    }

    private Explanation hit(CallRecord record) {
        List<Explanation.Change> changes = new ArrayList<>(codeChanges(record));
        changes.addAll(CodeComparison.java(record));
        return new Explanation.Hit(
                profile.id(), key, record.stop(), record.computedBy().isPresent(), changes);
    }

    private Explanation absent() {
        CallRecord former = FormerIds.record(profile, cache, sealed);
        if (former != null) {
            return hit(former);
        }
        NearestCalls nearest;
        try (Stream<RecordedCall<Object>> calls = Lookups.underAnyId(profile, cache).stream()) {
            nearest = NearestCalls.among(calls.filter(this::isComparable), present());
        } catch (StorageException e) {
            return new Explanation.Unavailable(profile.id(), key, String.valueOf(e.getMessage()));
        }
        NearestCalls.Rank rank = nearest.rank();
        if (rank == null) {
            return new Explanation.NeverComputed(
                    profile.id(), key, profile.code().isNameless());
        }
        CallRecord latest = nearest.calls().get(0).record();
        if (!rank.sameVersion()) {
            return new Explanation.VersionDiffers(profile.id(), key, latest.version(), version(), rank.sameArguments());
        }
        return rank.sameArguments() ? codeChanged(latest) : argumentDiffers(nearest.calls());
    }

    private boolean isComparable(RecordedCall<Object> call) {
        return Lookups.isOfLambda(profile, cache, call);
    }

    private NearestCalls.Present present() {
        return new NearestCalls.Present(version(), codeDigest(), argumentDigests);
    }

    private Optional<String> version() {
        return Optional.ofNullable(profile.version());
    }

    private Optional<Digest> codeDigest() {
        return Optional.ofNullable(reached).map(CallCode::digest);
    }

    private Explanation codeChanged(CallRecord other) {
        return new Explanation.CodeChanged(
                profile.id(), key, other.key(), other.stop(), changesOfCode(other), choice(other));
    }

    /** Returns what the next call does: where only what enters the key is another, there is nothing to fail for. */
    private CodeChange choice(CallRecord other) {
        CodeChange chosen = profile.settings().code().onChange();
        return chosen == CodeChange.FAIL && OtherCode.isOfPresentCode(profile, cache, reached, other)
                ? CodeChange.ADOPT
                : chosen;
    }

    private List<Explanation.Change> changesOfCode(CallRecord other) {
        if (other.codeDigest().equals(codeDigest())) {
            return List.of(new Explanation.Change(
                    Explanation.Change.Kind.OPAQUE, "the choice of the code that enters the key", "another", "this"));
        }
        return reached == null ? List.of() : changesOfCode(other, reached);
    }

    private List<Explanation.Change> changesOfCode(CallRecord other, CallCode present) {
        return other.codeDigest()
                .flatMap(code ->
                        CodeComparison.between(cache, code, present.reached().all(), profile))
                .orElse(List.of());
    }

    private Explanation argumentDiffers(List<RecordedCall<?>> nearest) {
        ArgumentDifferences.Arguments arguments = new ArgumentDifferences.Arguments(
                profile.argumentNames(), argumentDigests, profile.recordedArguments(sealed.arguments()));
        RecordedCall<?> chosen = nearest.get(0);
        ArgumentDifferences fewest = ArgumentDifferences.between(chosen, arguments);
        for (RecordedCall<?> other : nearest.subList(1, nearest.size())) {
            if (fewest.count() > 1 && ArgumentDifferences.isCheap(other.record())) {
                ArgumentDifferences differences = ArgumentDifferences.between(other, arguments);
                if (differences.count() < fewest.count()) {
                    fewest = differences;
                    chosen = other;
                }
            }
        }
        CallCode now = CodeJudge.presentCode(profile, chosen);
        List<Explanation.Change> changes = now == null ? List.of() : changesOfCode(chosen.record(), now);
        return new Explanation.ArgumentDiffers(
                profile.id(), key, chosen.key(), fewest.first(), fewest.count(), changes);
    }

    private List<Explanation.Change> codeChanges(CallRecord record) {
        if (reached == null
                || record.codeDigest().isEmpty()
                || record.codeDigest().equals(codeDigest())) {
            return List.of();
        }
        List<Explanation.Change> changes = changesOfCode(record);
        return changes.isEmpty()
                ? List.of(new Explanation.Change(Explanation.Change.Kind.OPAQUE, "the code", "another", "this"))
                : changes;
    }
}
