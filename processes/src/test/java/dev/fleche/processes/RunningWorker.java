package dev.fleche.processes;

import dev.fleche.SerializableCallable;
import java.io.ObjectStreamException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker whose answers are futures. Closing kills it. */
final class RunningWorker implements AutoCloseable, Worker.Listener {

    private static final long LIMIT_SECONDS = 20;

    private final Map<Long, CompletableFuture<@Nullable Object>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Worker> ready = new CompletableFuture<>();
    private final CompletableFuture<WorkerEnd> end = new CompletableFuture<>();
    private final TaskCodec codec;
    private final Worker worker;

    private RunningWorker(WorkerSpec spec) {
        codec = spec.codec();
        worker = Worker.start(spec, 1, this);
    }

    static RunningWorker start(WorkerSpec spec) {
        return new RunningWorker(spec);
    }

    static RunningWorker start() {
        return start(quiet(draft -> {}));
    }

    /** Returns a worker's specification without archive and output, refined by {@code choices}. */
    static WorkerSpec quiet(Consumer<WorkerSpec.Draft> choices) {
        WorkerSpec.Draft draft = new WorkerSpec.Draft();
        draft.classArchive = false;
        draft.output = WorkerOutput.discard();
        choices.accept(draft);
        return draft.finish();
    }

    Worker worker() {
        return worker;
    }

    CompletableFuture<@Nullable Object> send(long task, SerializableCallable<?> body) {
        try {
            return send(task, codec.encode(body));
        } catch (ObjectStreamException e) {
            throw new AssertionError(e);
        }
    }

    CompletableFuture<@Nullable Object> send(long task, Payload body) {
        CompletableFuture<@Nullable Object> answer = answer(task);
        worker.send(task, body);
        return answer;
    }

    private CompletableFuture<@Nullable Object> answer(long task) {
        return answers.computeIfAbsent(task, number -> new CompletableFuture<>());
    }

    /** Runs a task and returns its result. */
    @Nullable
    Object run(long task, SerializableCallable<?> body) {
        return get(send(task, body));
    }

    /** Waits until the worker is ready. */
    RunningWorker awaitReady() {
        get(ready);
        return this;
    }

    /** Waits for the end. */
    WorkerEnd end() {
        return get(end);
    }

    static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer in time", e);
        }
    }

    /** Returns what a task failed with. */
    static Throwable failureOf(CompletableFuture<?> future) {
        try {
            Object result = future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("expected a failure, got " + result);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (CancellationException e) {
            return e;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer in time", e);
        }
    }

    @Override
    public void ready(Worker started) {
        ready.complete(started);
    }

    @Override
    public void result(Worker from, long task, @Nullable Object value, Worker.TaskTiming timing) {
        answer(task).complete(value);
    }

    @Override
    public void failed(Worker from, long task, Throwable thrown) {
        answer(task).completeExceptionally(thrown);
    }

    @Override
    public void ended(Worker gone, WorkerEnd how) {
        IllegalStateException lost = new IllegalStateException("the worker ended: " + how);
        ready.completeExceptionally(lost);
        answers.values().forEach(answer -> answer.completeExceptionally(lost));
        end.complete(how);
    }

    @Override
    public void close() {
        worker.kill("was killed by the test");
        end();
    }
}
