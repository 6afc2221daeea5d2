package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.codec.Value;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call that runs in another process, and is looked up and stored here, since only this process can open
 * its cache.
 *
 * <p>The other process tells the key of the arguments that arrived there; if it is not the one made here, nothing is
 * stored.
 */
final class RemoteBody implements AsyncBody {

    private final Call<?> call;
    private final Profile profile;
    private final ExecutorService executor;

    private RemoteBody(Call<?> call, ExecutorService executor) {
        this.call = call;
        this.profile = call.memo().profile();
        this.executor = executor;
    }

    /**
     * Returns whether the call is cached, and either no other process can open its cache or its result does not travel:
     * a future.
     */
    static boolean concerns(Call<?> call) {
        Cache cache = call.cache();
        return !cache.isVoid()
                && (!TravelledCache.travels(cache) || call.memo().profile().future() != null);
    }

    /**
     * Returns the future of a call that runs in {@code executor} unless it is stored or running already.
     *
     * <p>Cancelling it cancels the task once nobody else waits for it.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take it
     */
    @SuppressWarnings("unchecked") // what result() below returns is an R
    static <R extends @Nullable Object> Future<R> submit(Call<R> call, ExecutorService executor) {
        RemoteBody body = new RemoteBody(call, executor);
        try {
            return (Future<R>)
                    AsyncInvocation.submit(body.profile, call.context(), call.cache(), call.arguments(), body);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }

    @Override
    public Object start() {
        Future<?> sent = executor.submit(new SentCall<>(call));
        return Outcomes.stage(Objects.requireNonNull(sent, "the executor returned no future"));
    }

    /** Starts it; that the executor takes no more is no answer to a call that was taken before. */
    @Override
    public Object startLate(@Nullable Throwable failure) throws Exception {
        try {
            return start();
        } catch (RejectedExecutionException e) {
            if (failure instanceof Exception first) {
                throw first;
            }
            throw new RejectedExecutionException(
                    profile.label() + " was taken and then had to wait for another computation of the same call, which"
                            + " brought no result; the executor has been shut down meanwhile, so the call was never"
                            + " sent; shut the executor down once its futures are done",
                    e);
        }
    }

    @Override
    public @Nullable Object value(@Nullable Object brought, CallSteps steps) {
        if (!(brought instanceof SentCall.Answer answer)) {
            throw new IllegalStateException("expected the task's own result from "
                    + executor.getClass().getName() + ", found "
                    + (brought == null ? "null" : "a " + brought.getClass().getName())
                    + "; a RemoteExecutor must return what the task returned");
        }
        steps.ran(answer.start(), answer.wallTime());
        return answer.value(profile);
    }

    @Override
    public @Nullable Value encoded(@Nullable Object brought) {
        return brought instanceof SentCall.Answer answer ? answer.encoded() : null;
    }

    @Override
    public boolean isOfKey(@Nullable Object brought, CallSteps steps) {
        boolean same = brought instanceof SentCall.Answer answer && steps.isKey(answer.key());
        if (!same) {
            Trouble.warn(profile, Trouble.Cause.MUTATION, "", null);
        }
        return same;
    }

    @Override
    public @Nullable Object result(@Nullable Object value) {
        return profile.returned(value);
    }

    @Override
    public boolean isElsewhere() {
        return true;
    }
}
