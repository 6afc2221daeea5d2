package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.PreparedCall;
import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import dev.fleche.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A call whose body runs in another process and whose cache only this one can open: looked up, prepared and stored
 * here.
 *
 * <p>The steps are those of {@link Invocation}, but nobody waits in between. The other process tells the key of the
 * arguments that arrived there; if it is not the one made here, nothing is stored. Steps happen one after the other,
 * the last one on the thread that learns of the result.
 *
 * @param <R> the type of the result
 */
final class RemoteInvocation<R extends @Nullable Object> {

    private final Call<R> call;
    private final Profile profile;
    private final Cache cache;
    private final ExecutorService executor;
    private final RemoteResult<R> mine;

    private Trouble.Cause step = Trouble.Cause.KEY;
    private @Nullable SealedCall sealed;
    private @Nullable RemoteFlight<R> flight;
    private @Nullable PreparedCall prepared;

    private RemoteInvocation(Call<R> call, ExecutorService executor, RemoteResult<R> mine) {
        this.call = call;
        this.profile = call.memo().profile();
        this.cache = call.cache();
        this.executor = executor;
        this.mine = mine;
    }

    /** Returns whether the call is cached, and no other process can open its cache. */
    static boolean concerns(Call<?> call) {
        Cache cache = call.cache();
        return !cache.isVoid() && !SentCall.travels(cache);
    }

    /**
     * Returns the future of a call that runs in {@code executor} unless it is stored or running there.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take it
     */
    static <R extends @Nullable Object> Future<R> submit(Call<R> call, ExecutorService executor) {
        RemoteResult<R> result = new RemoteResult<>(call, executor);
        new RemoteInvocation<>(call, executor, result).begin(true);
        return result;
    }

    private void begin(boolean mayJoin) {
        boolean begun = false;
        try {
            if (!isSettled(mayJoin)) {
                send();
            }
            begun = true;
        } finally {
            if (!begun) {
                abandon();
            }
        }
    }

    /** Returns whether the result is there or on its way without sending anything. */
    private boolean isSettled(boolean mayJoin) {
        try {
            return settle(mayJoin);
        } catch (Exception | LinkageError | StackOverflowError e) {
            return isSettledBy(e);
        }
    }

    /** Returns whether trouble of ours is all the caller gets: in strict mode. */
    private boolean isSettledBy(Throwable trouble) {
        try {
            Trouble.report(profile, step, trouble);
            return false;
        } catch (Exception | LinkageError | StackOverflowError strict) {
            abandon();
            mine.completeExceptionally(strict);
            return true;
        }
    }

    private boolean settle(boolean mayJoin) {
        SealedCall now = SealedCall.of(profile, call.arguments());
        sealed = now;
        boolean replaces = call.context().refreshes(now.key());
        if (!replaces) {
            if (mayJoin) {
                flight = RemoteFlight.enter(cache.flights(), now.key(), mine);
                if (flight == null) {
                    return true;
                }
            }
            step = Trouble.Cause.FIND;
            Lookup<@Nullable Object> lookup = cache.find(now.key(), profile.context());
            if (lookup instanceof Lookup.Hit<@Nullable Object> hit) {
                complete(hit.value());
                return true;
            }
            note((Lookup.Miss<@Nullable Object>) lookup);
        }
        step = Trouble.Cause.PREPARE;
        prepared = cache.prepare(now.toKeyedCall(call.context().tags(), replaces));
        return false;
    }

    private void note(Lookup.Miss<@Nullable Object> miss) {
        switch (miss.reason()) {
            case ABSENT -> {}
            case UNAVAILABLE -> throw new StorageException(miss.detail());
            case DAMAGED, VALUE_LOST, UNDECODABLE -> Trouble.warn(profile, Trouble.Cause.ENTRY, miss.detail(), null);
        }
    }

    private void send() {
        RemoteFlight<R> mineAlone = flight != null ? flight : RemoteFlight.alone(mine);
        flight = mineAlone;
        Future<SentCall.Answer<R>> sent = executor.submit(new SentCall<>(call));
        mineAlone.sent(sent);
        Outcomes.whenEnded(sent, this::end);
    }

    private void end(SentCall.@Nullable Answer<R> answer, @Nullable Throwable thrown) {
        boolean ended = false;
        try {
            if (answer != null) {
                commit(answer);
            } else {
                fail(thrown != null ? thrown : new CancellationException());
            }
            ended = true;
        } catch (Exception | LinkageError | StackOverflowError e) {
            fail(e);
            ended = true;
        } finally {
            if (!ended) {
                abandon();
            }
        }
    }

    private void fail(Throwable thrown) {
        mine.completeExceptionally(thrown);
        abandon();
    }

    /** Stores the result, and hands it to those who wait. */
    private void commit(SentCall.Answer<R> answer) {
        R result = answer.result(profile.context());
        Value value = null;
        if (sealed != null) {
            step = Trouble.Cause.ENCODE;
            try {
                value = file(answer, result, sealed.key());
            } catch (Exception | LinkageError | StackOverflowError e) {
                if (isSettledBy(e)) {
                    return;
                }
            }
        }
        List<RemoteResult<R>> others = land();
        mine.complete(result);
        share(value, others);
    }

    /** Returns the result for those who wait, or null if it belongs to other arguments than theirs. */
    private @Nullable Value file(SentCall.Answer<R> answer, R result, Digest key) {
        if (!answer.key().equals(key.toString())) {
            Trouble.warn(profile, Trouble.Cause.MUTATION, "", null);
            return null;
        }
        Value value = Codecs.standard().encode(result, profile.context(), SealedCall.MAX_RESULT_BYTES);
        step = Trouble.Cause.COMMIT;
        if (prepared != null) {
            PreparedCall.Timing timing =
                    new PreparedCall.Timing(answer.start(), answer.start().plus(answer.wallTime()), answer.wallTime());
            if (prepared.commit(value, SealedCall.digestOf(result), timing) == PreparedCall.Outcome.DIFFERS) {
                Trouble.warn(profile, Trouble.Cause.DIFFERS, "", null);
            }
        }
        return value;
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // only results of this function are filed under its keys; R says if null
    private void complete(@Nullable Object found) {
        mine.complete((R) found);
        abandon();
    }

    /** Gives up what is open; those who wait go on by themselves. */
    private void abandon() {
        share(null, land());
    }

    /** Returns those who wait for this computation, but for its owner. */
    private List<RemoteResult<R>> land() {
        if (prepared != null) {
            prepared.close();
        }
        RemoteFlight<R> landing = flight;
        flight = null;
        List<RemoteResult<R>> others = new ArrayList<>(landing != null ? landing.land() : List.of());
        others.remove(mine);
        return others;
    }

    private void share(@Nullable Value value, List<RemoteResult<R>> others) {
        for (RemoteResult<R> other : others) {
            if (value == null || !isShared(value, other)) {
                startAlone(other);
            }
        }
    }

    private boolean isShared(Value value, RemoteResult<R> other) {
        try {
            @SuppressWarnings({"unchecked", "NullAway"}) // the result of the same call; R says if null
            R copy = (R) Codecs.standard().decode(value, profile.context());
            other.complete(copy);
            return true;
        } catch (CodecException e) {
            // What can be written and not read again is no reason to be without a result.
            return false;
        }
    }

    /** Failures are never serialised: who waited for one computes for himself, at once, beside the others. */
    private static <R extends @Nullable Object> void startAlone(RemoteResult<R> other) {
        try {
            if (!other.isDone()) {
                new RemoteInvocation<>(other.call(), other.executor(), other).begin(false);
            }
        } catch (Exception | Error e) {
            // the executor rejects it; there is no caller left to throw to
            other.completeExceptionally(e);
        }
    }
}
