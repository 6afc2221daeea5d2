package dev.fleche;

import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.cache.KeyedCall;
import dev.fleche.cache.NotCachedException;
import dev.fleche.cache.PreparedCall;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.record.Lookup;
import dev.fleche.storage.StorageException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one memoised call that make its key, ask its cache or store in it.
 *
 * <p>They know which of them is under way, so that trouble is reported as what it is. Not thread-safe; confined to one
 * call, which may hand them from thread to thread.
 */
final class CallSteps {

    static final long MAX_RESULT_BYTES = Integer.MAX_VALUE;

    private final Profile profile;
    private final Context context;
    private final Cache cache;
    private final @Nullable Object[] arguments;

    private Trouble.Cause step = Trouble.Cause.KEY;
    private @Nullable SealedKey sealed;

    /** As they were before the body ran. */
    private List<Digest> argumentDigests = List.of();

    private @Nullable PreparedCall prepared;
    private boolean reachable = true;
    private boolean unusable;
    private boolean replaces;
    private boolean adopted;
    private @Nullable Object found;
    private @Nullable Instant start;
    private long startNanos;
    private @Nullable Instant stop;
    private @Nullable Duration wallTime;

    CallSteps(Profile profile, Context context, Cache cache, @Nullable Object[] arguments) {
        this.profile = profile;
        this.context = context;
        this.cache = cache;
        this.arguments = arguments;
    }

    /** Reports what one of the steps has thrown. */
    void report(Throwable thrown) {
        Trouble.report(profile, step, thrown);
    }

    /** Reports it too; returns what is thrown nevertheless: what is not ours, and everything in strict mode. */
    @Nullable
    Throwable reported(Throwable thrown) {
        if (!(thrown instanceof Exception || thrown instanceof LinkageError || thrown instanceof StackOverflowError)) {
            return thrown;
        }
        try {
            report(thrown);
            return null;
        } catch (Exception | LinkageError | StackOverflowError strict) {
            return strict;
        }
    }

    /**
     * Returns whether there is a cache to ask.
     *
     * <p>Without that with which it travelled, a call runs uncached or on what stands for it, as do those nested in it,
     * and one warning is for all of them.
     */
    boolean isOpen() {
        if (cache instanceof TravelledCache travelled) {
            StorageException failure = travelled.failure();
            if (failure != null) {
                reachable = travelled.isOpen();
                Trouble.reportOnce(profile, travelled.kind(), failure);
            }
        }
        return reachable;
    }

    /** Returns whether the cache could be asked so far. */
    boolean isReachable() {
        return reachable;
    }

    /** Makes the key of the arguments as they are at this moment. */
    Digest seal() {
        step = Trouble.Cause.KEY;
        SealedKey made = profile.seal(arguments);
        sealed = made;
        return made.key();
    }

    /** Returns whether a rerun is to run the body of this key; what is stored is then replaced. */
    boolean isRefreshed(Digest key) {
        replaces = context.refreshes(key);
        return replaces;
    }

    /** Looks the key up; {@link #found} is what a hit brings. */
    boolean isFound(Digest key) {
        step = Trouble.Cause.FIND;
        Trial trial = context.trial();
        if (trial != null && isOfOtherCode(key)) {
            return isComputedIn(trial, key);
        }
        Lookup<@Nullable Object> lookup = cache.find(key, profile.context());
        if (lookup instanceof Lookup.Hit<@Nullable Object> hit) {
            found = hit.value();
            logHit(key, "loaded");
            return true;
        }
        Lookup.Miss<@Nullable Object> miss = (Lookup.Miss<@Nullable Object>) lookup;
        note(key, miss);
        return miss.reason() == Lookup.Reason.ABSENT
                && (isFoundUnderFormerId(key) || (trial == null && isFoundOfOtherCode(key)));
    }

    /** Returns whether a result is there that was adopted: no proof of what the present code does. */
    private boolean isOfOtherCode(Digest key) {
        adopted = false;
        if (profile.code().key() != CodeKey.NONE && cache.contains(key)) {
            try {
                adopted =
                        cache.load(key, profile.context()).record().computedBy().isPresent();
            } catch (NotCachedException e) {
                // or it cannot be used, which the look-up tells
                Trouble.LOGGER.log(Level.DEBUG, "the record of an entry cannot be had", e);
            }
        }
        return adopted;
    }

    private boolean isComputedIn(Trial trial, Digest key) {
        Value kept = trial.kept(key);
        if (kept != null) {
            decode(kept);
        }
        return kept != null;
    }

    private boolean isFoundUnderFormerId(Digest key) {
        Lookup<@Nullable Object> lookup = FormerIds.find(profile, cache, Objects.requireNonNull(sealed));
        if (lookup instanceof Lookup.Hit<@Nullable Object> hit) {
            found = hit.value();
            logHit(key, "found under a former id");
            return true;
        }
        return false;
    }

    /** Looks for the result of the same call by other code, as far as the function's settings want it. */
    private boolean isFoundOfOtherCode(Digest key) {
        Lookup<@Nullable Object> lookup = OtherCode.find(profile, cache, Objects.requireNonNull(sealed));
        if (lookup instanceof Lookup.Hit<@Nullable Object> hit) {
            found = hit.value();
            logHit(key, "adopted from other code");
            return true;
        }
        return false;
    }

    /** Looks a key up that was not found before. */
    boolean isFoundNow(Digest key) {
        return cache.contains(key) && isFound(key);
    }

    /** Returns whether there was an entry that could not be used. */
    boolean foundUnusable() {
        return unusable;
    }

    /** Takes over the result that another thread has computed. */
    void decode(Value value) {
        found = Codecs.standard().decode(value, profile.context());
        logHit(Objects.requireNonNull(sealed).key(), "computed by another thread meanwhile");
    }

    /** Does the same, and returns whether that was possible; trouble is reported. */
    boolean isDecoded(Value value) {
        try {
            decode(value);
            return true;
        } catch (Exception | LinkageError | StackOverflowError e) {
            report(e);
            return false;
        }
    }

    @Nullable
    Object found() {
        return found;
    }

    private void note(Digest key, Lookup.Miss<@Nullable Object> miss) {
        if (Trouble.LOGGER.isLoggable(Level.DEBUG)) {
            Trouble.LOGGER.log(
                    Level.DEBUG,
                    "miss {0} {1}: {2} {3}",
                    profile.label(),
                    key.prefix(12),
                    miss.reason(),
                    miss.detail());
        }
        switch (miss.reason()) {
            case ABSENT -> {}
            case UNAVAILABLE -> {
                Trouble.report(profile, step, new StorageException(miss.detail()));
                reachable = false;
            }
            case DAMAGED, VALUE_LOST, UNDECODABLE -> {
                unusable = true;
                Trouble.warn(profile, Trouble.Cause.ENTRY, miss.detail(), null);
            }
        }
    }

    private void logHit(Digest key, String how) {
        if (Trouble.LOGGER.isLoggable(Level.TRACE)) {
            Trouble.LOGGER.log(Level.TRACE, "hit {0} {1}: {2}", profile.label(), key.prefix(12), how);
        }
    }

    /** Stores the arguments; if that fails, the flight still serves those who wait. */
    void prepare() {
        if (!reachable || adopted) {
            return;
        }
        step = Trouble.Cause.PREPARE;
        try {
            requireLoadedCode();
            prepared = cache.prepare(keyedCall());
        } catch (Exception | LinkageError | StackOverflowError e) {
            report(e);
        }
    }

    private void requireLoadedCode() {
        if (!Objects.requireNonNull(sealed).code().isLoaded()) {
            throw new IllegalStateException(
                    "class files of its code were rebuilt while the program runs, so that nobody"
                            + " knows which code will run; start the program again");
        }
    }

    private KeyedCall keyedCall() {
        // the code is known, and the body has not run
        Trouble.warnOfResult(profile);
        SealedKey made = Objects.requireNonNull(sealed);
        @Nullable Object[] recorded = profile.recordedArguments(made.arguments());
        List<KeyedCall.Argument> all = new ArrayList<>(recorded.length);
        argumentDigests = made.argumentDigests();
        for (int i = 0; i < recorded.length; i++) {
            all.add(new KeyedCall.Argument(profile.argumentNames().get(i), recorded[i], argumentDigests.get(i)));
        }
        return new KeyedCall(
                made.key(),
                profile.id(),
                Optional.ofNullable(profile.version()),
                codeDigest(),
                all,
                profile.context(),
                profile.argumentStoring().maxBytes(),
                context.tags(),
                replaces);
    }

    private Optional<Digest> codeDigest() {
        return Optional.ofNullable(code()).map(CallCode::digest);
    }

    /** Returns the code that the call reaches; null if the key does without it and it cannot be had. */
    private @Nullable CallCode code() {
        return Objects.requireNonNull(sealed).reached();
    }

    /** Returns whether a key was made. */
    boolean isSealed() {
        return sealed != null;
    }

    /** Returns whether {@code text} is the key that was made last. */
    boolean isKey(String text) {
        return sealed != null && sealed.key().toString().equals(text);
    }

    /** Tells the key, if there is one. */
    void tell(Consumer<Digest> made) {
        if (sealed != null) {
            made.accept(sealed.key());
        }
    }

    /** Returns whether the result will be stored. */
    boolean isPrepared() {
        return prepared != null;
    }

    /** Notes that the body starts. */
    void startClock() {
        if (prepared != null) {
            start = Instant.now();
            startNanos = System.nanoTime();
        }
    }

    /** Notes that the body has ended. */
    void stopClock() {
        if (prepared != null) {
            stop = Instant.now();
            wallTime = Duration.ofNanos(System.nanoTime() - startNanos);
        }
    }

    /** Notes when the body ran, and how long, where that was in another process. */
    void ran(Instant from, Duration took) {
        start = from;
        stop = from.plus(took);
        wallTime = took;
    }

    /** Encodes what the body returned; what goes wrong is thrown. */
    Value encode(@Nullable Object result) {
        step = Trouble.Cause.ENCODE;
        Value value = Codecs.standard().encode(result, profile.context(), MAX_RESULT_BYTES);
        Trial trial = context.trial();
        if (adopted && trial != null) {
            trial.keep(Objects.requireNonNull(sealed).key(), value);
        }
        return value;
    }

    /** Stores the result, if the arguments were stored; what goes wrong is thrown. */
    void store(Value value, @Nullable Object result) {
        if (prepared == null) {
            return;
        }
        step = Trouble.Cause.COMMIT;
        CallCode code = code();
        if (code != null) {
            StoredManifests.store(cache, code);
        }
        PreparedCall.Timing timing = new PreparedCall.Timing(
                Objects.requireNonNull(start), Objects.requireNonNull(stop), Objects.requireNonNull(wallTime));
        if (prepared.commit(value, digestOf(result), timing) == PreparedCall.Outcome.DIFFERS) {
            Trouble.warn(profile, Trouble.Cause.DIFFERS, "", null);
        }
        if (code != null) {
            StoredCodes.of(cache)
                    .note(profile, code.digest(), Objects.requireNonNull(sealed).key(), argumentDigests);
        }
    }

    private static Optional<Digest> digestOf(@Nullable Object result) {
        try {
            return Optional.of(Digester.standard().digest(result));
        } catch (UndigestibleException e) {
            // A result need not have a digest to be stored.
            return Optional.empty();
        }
    }

    /** Drops the prepared call unless it was committed. */
    void close() {
        if (prepared != null) {
            prepared.close();
        }
    }
}
