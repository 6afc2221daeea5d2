package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.Flight;
import dev.fleche.cache.FutureFlight;
import dev.fleche.cache.SingleFlight;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One memoised call on its way: key, look-up, flight, prepare, body, commit.
 *
 * <p>Start reading here; {@link AsyncInvocation} is the same for functions that return a future. Trouble of ours is
 * caught around each step and never around the body, whose own exceptions pass unchanged. Not thread-safe; confined to
 * one call.
 *
 * @param <R> the type of the result
 */
final class Invocation<R extends @Nullable Object> {

    private final Memo<R> memo;
    private final Cache cache;
    private final @Nullable Object[] arguments;
    private final CallSteps steps;

    private @Nullable Flight flight;
    private boolean waited;

    private Invocation(Memo<R> memo, Context context, Cache cache, @Nullable Object[] arguments) {
        this.memo = memo;
        this.cache = cache;
        this.arguments = arguments;
        this.steps = new CallSteps(memo.profile(), context, cache, arguments);
    }

    /** Makes a call: returns its stored result, or runs the body and stores what it returns. */
    static <R extends @Nullable Object> R call(Memo<R> memo, @Nullable Object[] arguments) {
        Context bound = memo.bound();
        return bound != null ? callIn(bound, memo, arguments) : call(memo, Context.current(), arguments, key -> {});
    }

    /** Makes a call in another context than that of the thread, which the nested calls see as well. */
    static <R extends @Nullable Object> R callIn(Context context, Memo<R> memo, @Nullable Object[] arguments) {
        return callIn(context, memo, arguments, key -> {});
    }

    /** Does the same, and tells the key of a call whose result is stored or was found. */
    static <R extends @Nullable Object> R callIn(
            Context context, Memo<R> memo, @Nullable Object[] arguments, Consumer<Digest> made) {
        Context inside = context.within(Context.current());
        Context before = inside.enter();
        try {
            return call(memo, inside, arguments, made);
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

    private static <R extends @Nullable Object> R call(
            Memo<R> memo, Context context, @Nullable Object[] arguments, Consumer<Digest> made) {
        try {
            Cache cache = memo.cacheIn(context);
            if (cache.isVoid()) {
                return memo.run(arguments);
            }
            return memo.profile().future() == null
                    ? new Invocation<>(memo, context, cache, arguments).result(made)
                    : AsyncInvocation.call(memo, context, cache, arguments);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }

    private R result(Consumer<Digest> made) throws Exception {
        if (isSettled()) {
            steps.tell(made);
            return found();
        }
        boolean returned = false;
        R result;
        try {
            steps.startClock();
            result = memo.run(arguments);
            returned = true;
        } finally {
            if (!returned) {
                abandon();
            }
        }
        commit(result);
        if (steps.isPrepared()) {
            steps.tell(made);
        }
        return result;
    }

    /** Returns whether the result is there without running the body; otherwise the body may start. */
    private boolean isSettled() {
        boolean settled = false;
        boolean mayStart = false;
        try {
            settled = settle();
            mayStart = !settled;
        } catch (Exception | LinkageError | StackOverflowError e) {
            steps.report(e);
            mayStart = true;
        } finally {
            if (!mayStart) {
                abandon();
            }
        }
        return settled;
    }

    private boolean settle() {
        if (!steps.isOpen()) {
            return false;
        }
        for (int attempt = 0; ; attempt++) {
            long stamp = cache.flights().stamp();
            Digest key = steps.seal();
            if (steps.isRefreshed(key)) {
                steps.prepare();
                return false;
            }
            if (steps.isFound(key) || isComputedMeanwhile(key, stamp)) {
                return true;
            }
            if (!waited || key.equals(steps.seal())) {
                steps.prepare();
                return false;
            }
            landFlight(null);
            if (attempt > 0) {
                Trouble.warn(memo.profile(), Trouble.Cause.MUTATION, "", null);
                return false;
            }
        }
    }

    /** Enters the flight of the key; returns whether another has computed the result since the look-up. */
    private boolean isComputedMeanwhile(Digest key, long stamp) {
        SingleFlight flights =
                steps.isReachable() ? cache.flights() : cache.flights().withoutLocks();
        SingleFlight.Entry entry = flights.enter(key, memo.profile().id(), stamp);
        if (entry instanceof SingleFlight.Entry.Landed landed) {
            steps.decode(landed.value());
            return true;
        }
        if (entry instanceof SingleFlight.Entry.Owner owner) {
            flight = owner.flight();
            waited = owner.waited();
            return owner.lookAgain() && mayHaveChanged(stamp) && steps.isFoundNow(key);
        }
        waited = ((SingleFlight.Entry.Alone) entry).waited();
        return waited && steps.isFound(key);
    }

    /** Returns false for an entry that could not be used if hardly anyone has had the time to replace it since. */
    private boolean mayHaveChanged(long stamp) {
        return !steps.foundUnusable() || waited || cache.flights().stamp() != stamp;
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // only results of this function are filed under its keys; R says if null
    private R found() {
        return (R) steps.found();
    }

    /** Stores what the body returned, and hands it to those who wait. */
    private void commit(R result) {
        if (flight == null && !steps.isPrepared()) {
            return;
        }
        Value value = null;
        try {
            steps.stopClock();
            value = steps.encode(result);
            steps.store(value, result);
        } catch (Exception | LinkageError | StackOverflowError e) {
            steps.report(e);
        } finally {
            end(value);
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
            steps.close();
        }
    }

    private void landFlight(@Nullable Value value) {
        Flight landing = flight;
        flight = null;
        if (landing != null) {
            for (FutureFlight.Dependent joined : cache.flights().land(landing, value)) {
                FutureThreads.execute(() -> joined.landed(value));
            }
        }
    }
}
