package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.Flight;
import dev.fleche.cache.KeyedCall;
import dev.fleche.cache.PreparedCall;
import dev.fleche.cache.SingleFlight;
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
import org.jspecify.annotations.Nullable;

/**
 * One memoised call on its way: key, look-up, flight, prepare, body, commit.
 *
 * <p>Start reading here. Trouble of ours is caught around each step and never around the body, whose own exceptions
 * pass unchanged. Not thread-safe; confined to one call.
 *
 * @param <R> the type of the result
 */
final class Invocation<R extends @Nullable Object> {

    private static final long MAX_RESULT_BYTES = Integer.MAX_VALUE;

    private final Profile profile;
    private final Context context;
    private final Cache cache;
    private final @Nullable Object[] arguments;

    private Trouble.Cause step = Trouble.Cause.KEY;
    private @Nullable Object @Nullable [] keyArguments;
    private @Nullable KeyDigests digests;
    private @Nullable Flight flight;
    private @Nullable PreparedCall prepared;
    private boolean waited;
    private boolean reachable = true;
    private boolean replaces;
    private @Nullable Object found;
    private @Nullable Instant start;
    private long startNanos;

    private Invocation(Memo<R> memo, Context context, Cache cache, @Nullable Object[] arguments) {
        this.profile = memo.profile();
        this.context = context;
        this.cache = cache;
        this.arguments = arguments;
    }

    /** Makes a call: returns its stored result, or runs the body and stores what it returns. */
    static <R extends @Nullable Object> R call(Memo<R> memo, @Nullable Object[] arguments) {
        Context bound = memo.bound();
        return bound != null ? callIn(bound, memo, arguments) : call(memo, Context.current(), arguments);
    }

    /** Makes a call in another context than that of the thread, which the nested calls see as well. */
    static <R extends @Nullable Object> R callIn(Context context, Memo<R> memo, @Nullable Object[] arguments) {
        Context inside = context.within(Context.current());
        Context before = inside.enter();
        try {
            return call(memo, inside, arguments);
        } finally {
            before.enter();
        }
    }

    /** Runs the body and those of nested calls whatever is stored, and replaces what is stored. */
    static <R extends @Nullable Object> R rerun(Memo<R> memo, Context context, @Nullable Object[] arguments) {
        Context rerun = context.withRerun();
        try {
            return callIn(rerun, memo, arguments);
        } finally {
            rerun.endRerun();
        }
    }

    private static <R extends @Nullable Object> R call(Memo<R> memo, Context context, @Nullable Object[] arguments) {
        try {
            Cache cache = memo.cacheIn(context);
            if (cache.isVoid()) {
                return memo.run(arguments);
            }
            Invocation<R> invocation = new Invocation<>(memo, context, cache, arguments);
            if (invocation.isSettled()) {
                return invocation.found();
            }
            boolean returned = false;
            R result;
            try {
                invocation.startClock();
                result = memo.run(arguments);
                returned = true;
            } finally {
                if (!returned) {
                    invocation.abandon();
                }
            }
            invocation.commit(result);
            return result;
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }

    /** Returns whether the result is there without running the body; otherwise the body may start. */
    private boolean isSettled() {
        boolean settled = false;
        boolean mayStart = false;
        try {
            settled = settle();
            mayStart = !settled;
        } catch (Exception | LinkageError | StackOverflowError e) {
            Trouble.report(profile, step, e);
            mayStart = true;
        } finally {
            if (!mayStart) {
                abandon();
            }
        }
        return settled;
    }

    private void startClock() {
        if (isCached()) {
            start = Instant.now();
            startNanos = System.nanoTime();
        }
    }

    private boolean settle() {
        for (int attempt = 0; ; attempt++) {
            long stamp = cache.flights().stamp();
            Digest key = seal();
            if (context.refreshes(key)) {
                replaces = true;
                prepare();
                return false;
            }
            if (isFound(key) || isComputedMeanwhile(key, stamp)) {
                return true;
            }
            if (!waited || key.equals(seal())) {
                prepare();
                return false;
            }
            landFlight(null);
            if (attempt > 0) {
                Trouble.warn(profile, Trouble.Cause.MUTATION, "", null);
                return false;
            }
        }
    }

    /** Enters the flight of the key; returns whether another thread has computed the result since the look-up. */
    private boolean isComputedMeanwhile(Digest key, long stamp) {
        SingleFlight.Entry entry = cache.flights().enter(key, stamp);
        if (entry instanceof SingleFlight.Entry.Landed landed) {
            found = Codecs.standard().decode(landed.value(), profile.context());
            logHit(key, "computed by another thread meanwhile");
            return true;
        }
        if (entry instanceof SingleFlight.Entry.Owner owner) {
            flight = owner.flight();
            waited = false;
            return owner.lookAgain() && isFound(key);
        }
        waited = ((SingleFlight.Entry.Alone) entry).waited();
        return waited && isFound(key);
    }

    /** Makes the key of the arguments as they are at this moment. */
    private Digest seal() {
        step = Trouble.Cause.KEY;
        keyArguments = profile.keyArguments(arguments);
        digests = Digester.standard().key(profile.functionDigest(), keyArguments, profile.argumentNames());
        return digests.key();
    }

    private boolean isFound(Digest key) {
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
            case DAMAGED, VALUE_LOST, UNDECODABLE -> Trouble.warn(profile, Trouble.Cause.ENTRY, miss.detail(), null);
        }
    }

    private void logHit(Digest key, String how) {
        if (Trouble.LOGGER.isLoggable(Level.TRACE)) {
            Trouble.LOGGER.log(Level.TRACE, "hit {0} {1}: {2}", profile.label(), key.prefix(12), how);
        }
    }

    /** Stores the arguments; if that fails, the flight still serves those who wait. */
    private void prepare() {
        if (!reachable) {
            return;
        }
        step = Trouble.Cause.PREPARE;
        try {
            prepared = cache.prepare(keyedCall());
        } catch (Exception | LinkageError | StackOverflowError e) {
            Trouble.report(profile, step, e);
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

    private boolean isCached() {
        return prepared != null || flight != null;
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // only results of this function are filed under its keys; R says if null
    private R found() {
        return (R) found;
    }

    /** Stores what the body returned, and hands it to those who wait. */
    private void commit(R result) {
        if (!isCached()) {
            return;
        }
        Value value = null;
        step = Trouble.Cause.ENCODE;
        try {
            Duration wallTime = Duration.ofNanos(System.nanoTime() - startNanos);
            Instant stop = Instant.now();
            value = Codecs.standard().encode(result, profile.context(), MAX_RESULT_BYTES);
            step = Trouble.Cause.COMMIT;
            if (prepared != null) {
                file(prepared, value, result, new PreparedCall.Timing(Objects.requireNonNull(start), stop, wallTime));
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            Trouble.report(profile, step, e);
        } finally {
            end(value);
        }
    }

    private void file(PreparedCall call, Value value, R result, PreparedCall.Timing timing) {
        if (call.commit(value, digestOf(result), timing) == PreparedCall.Outcome.DIFFERS) {
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

    /** Gives up what is open, so that nobody waits for it. */
    private void abandon() {
        end(null);
    }

    /** Lands the flight first: whatever else fails, others must not wait for ever. */
    private void end(@Nullable Value value) {
        try {
            landFlight(value);
        } finally {
            if (prepared != null) {
                prepared.close();
            }
        }
    }

    private void landFlight(@Nullable Value value) {
        Flight landing = flight;
        flight = null;
        if (landing != null) {
            cache.flights().land(landing, value);
        }
    }
}
