package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.FutureFlight;
import dev.fleche.cache.FutureFlights;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One memoised call whose result is a future, from key to commit.
 *
 * <p>The body is started as in {@link Invocation}, on the caller's thread; the thread that completes the body's future
 * stores its value, lands the flight, and completes the caller's own future last, so that whoever sees a result can
 * rely on the entry. Callers that joined the flight are told on other threads. If there is no result for them, each
 * starts the body itself, all at once. Safe for use by several threads.
 */
final class AsyncInvocation implements FutureFlight.Dependent {

    /* Who holds whom.
     *
     * The future of the body holds the call of its owner, by the action that it runs on completion; the
     * call holds the flight; the flight holds the calls that joined it, and each of them its caller's
     * future. Each caller's future holds its call and with it the flight. Nothing else does: the map of
     * flights holds them weakly. So a computation that nobody can complete any more is garbage together
     * with all who wait for it in vain, the lock that it had is released, and the next call of its key
     * runs the body.
     *
     * What waits for a lock holds the owner's call: the lock comes, or must be done without, and then the
     * body runs, as it does for a caller who drops his future at once.
     *
     * A future that does not tell when it completes is asked by PendingFutures, which holds the call. That
     * is why BodyFuture.Polled is weak: the future is held by what runs it and by the owner's PolledFuture.
     */

    /** How a call goes on after it has been looked up. */
    private enum Next {
        /** The result is there. */
        RETURN,
        /** Another caller's body will bring it, or another process holds the lock. */
        WAIT,
        /** The body may start. */
        START
    }

    private final Profile profile;
    private final Cache cache;
    private final @Nullable Object[] arguments;
    private final AsyncBody body;
    private final DependentFuture dependent = new DependentFuture(this);
    private final FollowedBody followed = new FollowedBody(this);

    private CallerScope caller;
    private CallSteps steps;
    private @Nullable Digest key;
    private boolean startsAgain;
    private boolean late;
    private @Nullable Throwable failure;
    private volatile @Nullable Throwable thrown;
    private volatile @Nullable FutureFlight flight;

    private AsyncInvocation(
            Profile profile, Context context, Cache cache, @Nullable Object[] arguments, AsyncBody body) {
        this.profile = profile;
        this.caller = CallerScope.of(context);
        this.cache = cache;
        this.arguments = arguments;
        this.body = body;
        this.steps = new CallSteps(profile, context, cache, arguments);
    }

    /** Makes a call: returns a completed future of the stored result, or one that depends on the body's. */
    @SuppressWarnings({"unchecked", "NullAway"}) // R is one of the types of FutureType, or what the body returns
    static <R extends @Nullable Object> R call(Memo<R> memo, Context context, Cache cache, @Nullable Object[] arguments)
            throws Exception {
        AsyncBody body = new AsyncBody.Local(memo, arguments);
        return (R) new AsyncInvocation(memo.profile(), context, cache, arguments, body).result();
    }

    /**
     * Makes a call whose caller gets a future in any case: trouble of ours that is to be thrown fails it.
     *
     * <p>What starting the body throws is thrown.
     */
    static DependentFuture submit(
            Profile profile, Context context, Cache cache, @Nullable Object[] arguments, AsyncBody body)
            throws Exception {
        AsyncInvocation call = new AsyncInvocation(profile, context, cache, arguments, body);
        Next next = call.settled();
        if (call.flight == null) {
            call.flight = FutureFlight.alone(call);
        }
        call.goOn(next);
        return call.dependent;
    }

    /** Returns that there is nothing to do any more if trouble has failed the caller's future. */
    private Next settled() {
        try {
            return settle(this::next);
        } catch (Exception | LinkageError | StackOverflowError strict) {
            failed(strict);
            return Next.WAIT;
        }
    }

    private @Nullable Object result() throws Exception {
        Next next = settle(this::next);
        if (next == Next.WAIT) {
            return handed(null);
        }
        if (next == Next.RETURN) {
            return profile.returned(steps.found());
        }
        Object future = start();
        return future != null && flight != null && isFollowed(future, false) ? handed(future) : future;
    }

    /** Returns what the caller gets in place of {@code future}. */
    private Object handed(@Nullable Object future) {
        return profile.future() == FutureType.FUTURE ? new PolledFuture(dependent, future) : dependent;
    }

    /** Makes one step of ours. A call that waits is no longer this thread's alone. */
    private Next settle(Supplier<Next> step) {
        Next next = null;
        try {
            next = step.get();
            if (next == Next.START) {
                steps.prepare();
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            next = null;
            steps.report(e);
            next = Next.START;
        } finally {
            if (next == null || next == Next.RETURN) {
                abandon();
            }
        }
        return next;
    }

    /** Makes the key, looks it up and enters its flight. */
    private Next next() {
        if (!steps.isOpen()) {
            return Next.START;
        }
        long stamp = cache.futureFlights().stamp();
        Digest sealed = steps.seal();
        key = sealed;
        if (!steps.isRefreshed(sealed)) {
            if (steps.isFound(sealed)) {
                return Next.RETURN;
            }
            if (!startsAgain) {
                return enter(sealed, stamp);
            }
        }
        flight = FutureFlight.alone(this);
        return Next.START;
    }

    private Next enter(Digest sealed, long stamp) {
        caller = CallerScope.of(caller.context().frozen());
        FutureFlights flights = steps.isReachable()
                ? cache.futureFlights()
                : cache.futureFlights().withoutLocks();
        FutureFlights.Entry entry = flights.enter(sealed, stamp, this);
        if (entry instanceof FutureFlights.Entry.Joined) {
            return Next.WAIT;
        }
        if (entry instanceof FutureFlights.Entry.Owner owner) {
            flight = owner.flight();
            if (!flights.lock(owner.flight(), profile.id(), FutureThreads::execute, this::lockCame)) {
                return Next.WAIT;
            }
            boolean mayHaveChanged = !steps.foundUnusable() || flights.stamp() != stamp;
            return owner.lookAgain() && mayHaveChanged && steps.isFoundNow(sealed) ? Next.RETURN : Next.START;
        }
        flight = FutureFlight.alone(this);
        return Next.START;
    }

    /** Goes on with the lock that another process held, or without it, on a thread that is not the caller's. */
    private void lockCame() {
        try {
            if (Objects.requireNonNull(flight).isUnwanted()) {
                abandon();
                dependent.release();
            } else {
                late = true;
                caller.run(() -> goOn(settle(this::nextWithLock)));
            }
        } catch (Throwable e) { // nobody else would tell the callers
            abandon();
            failed(e);
        }
    }

    /** Looks the key up again. If the arguments have changed meanwhile, the call is another one from now on. */
    private Next nextWithLock() {
        Digest sealed = Objects.requireNonNull(key);
        if (steps.isFoundNow(sealed)) {
            return Next.RETURN;
        }
        if (sealed.equals(steps.seal())) {
            return Next.START;
        }
        abandon();
        startsAgain = true;
        return next();
    }

    /** Runs the body; its own exceptions pass unchanged, and then, or if it returns null, there is no flight. */
    private @Nullable Object start() throws Exception {
        Object future = null;
        try {
            steps.startClock();
            future = late ? body.startLate(failure) : body.start();
        } finally {
            if (future == null) {
                abandon();
            }
        }
        return future;
    }

    /** Follows the body's future to its end; returns whether it can be followed. */
    private boolean isFollowed(Object future, boolean isHeldHere) {
        FutureFlight entered = Objects.requireNonNull(flight);
        entered.started();
        try {
            followed.follow(future, isHeldHere);
        } catch (Exception | LinkageError | StackOverflowError e) {
            // such a stage is of no use to us, and the owner gets it as it is
            abandon();
            failed(e);
            return false;
        }
        if (dependent.isEnding()) {
            entered.leave(this, dependent.mayInterrupt());
        }
        return true;
    }

    /** Stores what the body's future has brought, and tells all who depend on it; to be called once. */
    void bodyEnded(@Nullable Object brought, @Nullable Throwable bodyThrew) {
        if (bodyThrew != null) {
            thrown = bodyThrew;
            abandon();
            failed(bodyThrew);
        } else {
            commit(brought);
        }
    }

    private void commit(@Nullable Object brought) {
        Object value;
        try {
            value = body.value(brought, steps);
        } catch (Throwable e) { // an error, too, must leave nobody waiting
            abandon();
            failed(e);
            return;
        }
        Value encoded = null;
        Throwable trouble = null;
        try {
            if (steps.isSealed() && body.isOfKey(brought, steps)) {
                Value known = body.encoded(brought);
                encoded = known != null ? known : steps.encode(value);
                steps.store(encoded, value);
            }
        } catch (Throwable e) { // as above
            trouble = steps.reported(e);
        }
        if (trouble != null) {
            Throwable thrown = trouble;
            end(other -> other.failed(thrown));
            failed(thrown);
        } else {
            Value result = encoded;
            end(other -> other.landed(result));
            complete(value);
        }
    }

    private void complete(@Nullable Object value) {
        dependent.land(body.result(value));
    }

    /** Gives up what is open; those who joined start the body themselves. */
    void abandon() {
        end(other -> other.landed(null));
    }

    private void end(Consumer<FutureFlight.Dependent> message) {
        FutureFlight landing = flight;
        if (landing != null && landing.owner() == this) {
            for (FutureFlight.Dependent other : cache.futureFlights().land(landing)) {
                FutureThreads.execute(() -> message.accept(other));
            }
        }
        steps.close();
    }

    @Override
    public void joins(FutureFlight other) {
        flight = other;
    }

    @Override
    public boolean isDone() {
        return dependent.isEnding();
    }

    @Override
    public boolean isElsewhere() {
        return body.isElsewhere();
    }

    @Override
    public void landed(@Nullable Value result) {
        try {
            if (dependent.isEnding()) {
                dependent.release();
            } else if (result != null && steps.isDecoded(result)) {
                goOn(Next.RETURN);
            } else {
                caller.run(this::startAgain);
            }
        } catch (Throwable e) { // nobody else would tell the caller
            failed(e);
        }
    }

    @Override
    public void failed(Throwable trouble) {
        dependent.fail(trouble);
    }

    private void startAgain() throws Exception {
        late = true;
        startsAgain = true;
        failure = ((AsyncInvocation) Objects.requireNonNull(flight).owner()).thrown;
        flight = FutureFlight.alone(this);
        steps = new CallSteps(profile, caller.context(), cache, arguments);
        goOn(settle(this::next));
    }

    /** Goes on for a caller who has his future already. */
    private void goOn(Next next) throws Exception {
        if (next == Next.RETURN) {
            complete(steps.found());
        } else if (next == Next.START) {
            Object future = start();
            if (future == null) {
                throw new NullPointerException("expected a future from " + profile.label()
                        + ", found null, after the call had waited for another");
            }
            isFollowed(future, true);
        }
    }

    /** Notes that the caller has cancelled his future. */
    void leave(boolean mayInterrupt) {
        FutureFlight left = flight;
        if (left != null) {
            left.leave(this, mayInterrupt);
        }
    }

    @Override
    public void cancelBody(boolean mayInterrupt) {
        FutureFlight left = flight;
        if (!followed.cancel(mayInterrupt) && left != null && left.stopWaiting()) {
            abandon();
            dependent.release();
        }
    }

    /** Returns the body on which the result depends; another caller may have started it, or be about to. */
    @Nullable
    FollowedBody followed() {
        FutureFlight entered = flight;
        return entered == null ? null : ((AsyncInvocation) entered.owner()).followed;
    }
}
