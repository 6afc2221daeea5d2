package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.KeyedCall;
import dev.fleche.cache.PreparedCall;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.KeyDigests;
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
    private @Nullable Object @Nullable [] keyArguments;
    private @Nullable KeyDigests digests;
    private @Nullable PreparedCall prepared;
    private boolean reachable = true;
    private boolean unusable;
    private boolean replaces;
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
        keyArguments = profile.keyArguments(arguments);
        digests = Digester.standard().key(profile.functionDigest(), keyArguments, profile.argumentNames());
        return digests.key();
    }

    /** Returns whether a rerun is to run the body of this key; what is stored is then replaced. */
    boolean isRefreshed(Digest key) {
        replaces = context.refreshes(key);
        return replaces;
    }

    /** Looks the key up; {@link #found} is what a hit brings. */
    boolean isFound(Digest key) {
        step = Trouble.Cause.FIND;
        Lookup<@Nullable Object> lookup = cache.find(key, profile.context());
        if (lookup instanceof Lookup.Hit<@Nullable Object> hit) {
            found = hit.value();
            logHit(key, "loaded");
            return true;
        }
        note(key, (Lookup.Miss<@Nullable Object>) lookup);
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
        logHit(Objects.requireNonNull(digests).key(), "computed by another thread meanwhile");
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
        if (!reachable) {
            return;
        }
        step = Trouble.Cause.PREPARE;
        try {
            prepared = cache.prepare(keyedCall());
        } catch (Exception | LinkageError | StackOverflowError e) {
            report(e);
        }
    }

    private KeyedCall keyedCall() {
        KeyDigests sealed = Objects.requireNonNull(digests);
        @Nullable Object[] sealedArguments = Objects.requireNonNull(keyArguments);
        @Nullable Object[] recorded = profile.recordedArguments(sealedArguments);
        List<KeyedCall.Argument> all = new ArrayList<>(recorded.length);
        for (int i = 0; i < recorded.length; i++) {
            Digest digest = sealed.arguments().get(i);
            all.add(new KeyedCall.Argument(
                    profile.argumentNames().get(i),
                    recorded[i],
                    digest != null ? digest : Digester.standard().digest(sealedArguments[i])));
        }
        return new KeyedCall(
                sealed.key(),
                profile.id(),
                Optional.ofNullable(profile.version()),
                Optional.empty(),
                all,
                profile.context(),
                profile.argumentStoring().maxBytes(),
                context.tags(),
                replaces);
    }

    /** Returns whether a key was made. */
    boolean isSealed() {
        return digests != null;
    }

    /** Returns whether {@code text} is the key that was made last. */
    boolean isKey(String text) {
        return digests != null && digests.key().toString().equals(text);
    }

    /** Tells the key, if there is one. */
    void tell(Consumer<Digest> made) {
        if (digests != null) {
            made.accept(digests.key());
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
        return Codecs.standard().encode(result, profile.context(), MAX_RESULT_BYTES);
    }

    /** Stores the result, if the arguments were stored; what goes wrong is thrown. */
    void store(Value value, @Nullable Object result) {
        if (prepared == null) {
            return;
        }
        step = Trouble.Cause.COMMIT;
        PreparedCall.Timing timing = new PreparedCall.Timing(
                Objects.requireNonNull(start), Objects.requireNonNull(stop), Objects.requireNonNull(wallTime));
        if (prepared.commit(value, digestOf(result), timing) == PreparedCall.Outcome.DIFFERS) {
            Trouble.warn(profile, Trouble.Cause.DIFFERS, "", null);
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
