package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.FutureFlight;
import dev.fleche.cache.FutureFlights;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One memoised call of a function that returns a future, from key to commit.
 *
 * <p>The body runs as in {@link Invocation}, on the caller's thread; the thread that completes the body's future stores
 * its value, lands the flight, and completes the caller's own future last, so that whoever sees a result can rely on
 * the entry. Callers that joined the flight are told on other threads. If there is no result for them, each starts the
 * body itself, all at once. Safe for use by several threads.
 */
final class AsyncInvocation implements FutureFlight.Dependent {

    /* Who holds whom.
     *
     * The future of the body holds the call of its owner, by the action that it runs on completion; the
     * call holds the flight; the flight holds the calls that joined it, and each of them its caller's
     * future. Each caller's future holds its call and with it the flight. Nothing else does: the map of
     * flights holds them weakly. So a computation that nobody can complete any more is garbage together
     * with all who wait for it in vain, and the next call of its key runs the body.
     *
     * A future that does not tell when it completes is asked by PendingFutures, which holds the call. That
     * is why BodyFuture.Polled is weak: the future is held by what runs it and by the owner's PolledFuture.
     */

    /** How a call goes on after it has been looked up. */
    private enum Next {
        /** The result is there. */
        RETURN,
        /** Another caller's body will bring it. */
        WAIT,
        /** The body may start. */
        START
    }

    private final Memo<?> memo;
    private final Cache cache;
    private final @Nullable Object[] arguments;
    private final DependentFuture dependent = new DependentFuture(this);

    private Context context;
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private CallSteps steps;
    private @Nullable Digest key;
    private boolean startsAgain;
    private volatile @Nullable FutureFlight flight;
    private volatile @Nullable BodyFuture body;
    private final AtomicBoolean bodyEnded = new AtomicBoolean();

    private AsyncInvocation(Memo<?> memo, Context context, Cache cache, @Nullable Object[] arguments) {
        this.memo = memo;
        this.context = context;
        this.cache = cache;
        this.arguments = arguments;
        this.steps = new CallSteps(memo.profile(), context, cache, arguments);
    }

    /** Makes a call: returns a completed future of the stored result, or one that depends on the body's. */
    @SuppressWarnings({"unchecked", "NullAway"}) // R is one of the types of FutureType, or what the body returns
    static <R extends @Nullable Object> R call(Memo<R> memo, Context context, Cache cache, @Nullable Object[] arguments)
            throws Exception {
        return (R) new AsyncInvocation(memo, context, cache, arguments).result();
    }

    private @Nullable Object result() throws Exception {
        Next next = settle();
        if (next == Next.WAIT) {
            return handed(null);
        }
        if (next == Next.RETURN) {
            return memo.profile().returned(steps.found());
        }
        Object future = start();
        return future != null && flight != null && isFollowed(future) ? handed(future) : future;
    }

    /** Returns what the caller gets in place of {@code future}. */
    private Object handed(@Nullable Object future) {
        return memo.profile().future() == FutureType.FUTURE ? new PolledFuture(dependent, future) : dependent;
    }

    /** Makes the key, looks it up and enters its flight. A call that waits is no longer this thread's alone. */
    private Next settle() {
        Next next = null;
        try {
            next = next();
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
        flight = FutureFlight.alone(sealed, this);
        return Next.START;
    }

    private Next enter(Digest sealed, long stamp) {
        context = context.frozen();
        FutureFlights.Entry entry = cache.futureFlights().enter(sealed, stamp, this);
        if (entry instanceof FutureFlights.Entry.Joined) {
            return Next.WAIT;
        }
        if (entry instanceof FutureFlights.Entry.Owner owner) {
            flight = owner.flight();
            // Here the owner acquires the key's lock among processes. If it is not free at once, the caller gets
            // what a call that waits gets, startElsewhere() follows when the lock is had, and end() releases it.
            return owner.lookAgain() && steps.isFound(sealed) ? Next.RETURN : Next.START;
        }
        flight = FutureFlight.alone(sealed, this);
        return Next.START;
    }

    /** Runs the body; its own exceptions pass unchanged, and then, or if it returns null, there is no flight. */
    private @Nullable Object start() throws Exception {
        Object future = null;
        try {
            steps.startClock();
            future = memo.run(arguments);
        } finally {
            if (future == null) {
                abandon();
            }
        }
        return future;
    }

    /** Follows the body's future to its end; returns whether it can be followed. */
    private boolean isFollowed(Object future) {
        FutureFlight running = Objects.requireNonNull(flight);
        running.started();
        try {
            if (future instanceof CompletionStage<?> stage) {
                body = new BodyFuture.Observed(stage);
                stage.whenComplete(this::bodyEnded);
            } else {
                body = BodyFuture.Polled.of((Future<?>) future);
                PendingFutures.watch(this, (Future<?>) future, startsAgain);
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            // such a stage is of no use to us, and the owner gets it as it is
            abandon();
            failed(e);
            return false;
        }
        if (dependent.isCancelled()) {
            running.leave(this, dependent.mayInterrupt());
        }
        return true;
    }

    /**
     * Stores the value of the body's future, and tells all who depend on it. Only the first of several calls counts.
     */
    private void bodyEnded(@Nullable Object value, @Nullable Throwable thrown) {
        if (!bodyEnded.compareAndSet(false, true)) {
            return;
        }
        if (thrown != null) {
            abandon();
            dependent.completeExceptionally(thrown);
        } else {
            commit(value);
        }
        dependent.release();
    }

    private void commit(@Nullable Object value) {
        Value encoded = null;
        Throwable trouble = null;
        try {
            encoded = steps.encode(value);
            steps.store(encoded, value);
        } catch (Throwable e) { // an error, too, must leave nobody waiting
            trouble = troubleToThrow(e);
        }
        if (trouble != null) {
            Throwable thrown = trouble;
            end(other -> other.failed(thrown));
            dependent.completeExceptionally(trouble);
        } else {
            Value result = encoded;
            end(other -> other.landed(result));
            dependent.complete(value);
        }
    }

    /** Reports trouble; returns what is thrown nevertheless: what is not ours, and everything in strict mode. */
    private @Nullable Throwable troubleToThrow(Throwable thrown) {
        if (!(thrown instanceof Exception || thrown instanceof LinkageError || thrown instanceof StackOverflowError)) {
            return thrown;
        }
        try {
            steps.report(thrown);
            return null;
        } catch (Exception | LinkageError | StackOverflowError strict) {
            return strict;
        }
    }

    /** Gives up what is open; those who joined start the body themselves. */
    private void abandon() {
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
        return dependent.isDone();
    }

    @Override
    public void landed(@Nullable Value result) {
        try {
            if (dependent.isDone()) {
                dependent.release();
            } else if (result != null && isDecoded(result)) {
                dependent.complete(steps.found());
                dependent.release();
            } else {
                startElsewhere();
            }
        } catch (Throwable e) { // nobody else would tell the caller
            failed(e);
        }
    }

    private boolean isDecoded(Value result) {
        try {
            steps.decode(result);
            return true;
        } catch (Exception | LinkageError | StackOverflowError e) {
            steps.report(e);
            return false;
        }
    }

    @Override
    public void failed(Throwable trouble) {
        dependent.completeExceptionally(trouble);
        dependent.release();
    }

    /** Makes the call on a thread that is not the caller's, under the caller's scope, for the future that he has. */
    private void startElsewhere() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader loaderBefore = thread.getContextClassLoader();
        Context before = context.enter();
        thread.setContextClassLoader(loader);
        try {
            startsAgain = true;
            flight = FutureFlight.alone(Objects.requireNonNull(key), this);
            steps = new CallSteps(memo.profile(), context, cache, arguments);
            if (settle() == Next.RETURN) {
                dependent.complete(steps.found());
                dependent.release();
            } else {
                follow(start());
            }
        } finally {
            thread.setContextClassLoader(loaderBefore);
            before.enter();
        }
    }

    private void follow(@Nullable Object future) {
        if (future == null) {
            throw new NullPointerException("expected a future from "
                    + memo.profile().label() + ", found null, after the call that this one had joined came to nothing");
        }
        isFollowed(future);
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
        BodyFuture running = body;
        if (running == null) {
            return;
        }
        try {
            running.cancel(mayInterrupt);
        } catch (RuntimeException e) {
            // the caller's future is cancelled, whether or not the body's can be
            Trouble.LOGGER.log(Level.DEBUG, "a future of " + memo.profile().label() + " cannot be cancelled", e);
        }
    }

    /** Returns whether the body's future has come to its end. */
    boolean hasEnded() {
        return bodyEnded.get();
    }

    /** Returns the body's future, which another caller may have started, if it is one that must be asked. */
    @Nullable
    Future<?> polled() {
        AsyncInvocation owner = owner();
        return owner != null && owner.body instanceof BodyFuture.Polled asked ? asked.future() : null;
    }

    private @Nullable AsyncInvocation owner() {
        FutureFlight running = flight;
        return running == null ? null : (AsyncInvocation) running.owner();
    }

    /** Takes over what the body's future holds, which is done. */
    void pollOwner() {
        AsyncInvocation owner = owner();
        Future<?> done = polled();
        if (owner != null && done != null) {
            owner.poll(done);
        }
    }

    /** Takes over what {@code done} holds, the future of the body that this call has started. */
    void poll(Future<?> done) {
        BodyFuture.Polled.tell(done, this::bodyEnded);
    }

    /** Gives up a future that nobody can complete any more; nobody holds that of its caller either. */
    void forget() {
        if (bodyEnded.compareAndSet(false, true)) {
            abandon();
        }
    }
}
