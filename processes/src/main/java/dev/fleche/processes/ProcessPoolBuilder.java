package dev.fleche.processes;

import dev.fleche.SerializableRunnable;
import java.io.ObjectStreamException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A builder of process pools.
 *
 * <p>Every method returns the builder itself. Arguments are checked at once. Not thread-safe.
 */
public final class ProcessPoolBuilder {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);
    private static final int POISON_LIMIT = 3;
    private static final int START_ATTEMPTS = 3;
    private static final int QUEUE_SHARE = 4;

    private final WorkerSpec.Draft worker = new WorkerSpec.Draft();
    private TaskOptions taskOptions = TaskOptions.DEFAULT;
    private @Nullable SerializableRunnable initializer;
    private int workers = Runtime.getRuntime().availableProcessors();
    private int leastWorkers;
    private Duration keepAlive = KEEP_ALIVE;
    private int tasksPerWorker = Integer.MAX_VALUE;
    private Duration cancelGrace = CANCEL_GRACE;
    private int poisonLimit = POISON_LIMIT;
    private int startAttempts = START_ATTEMPTS;
    private long maxQueuedBytes = Runtime.getRuntime().maxMemory() / QUEUE_SHARE;

    ProcessPoolBuilder() {}

    /** Sets how many workers there are at most; by default as many as there are processors. */
    public ProcessPoolBuilder workers(int count) {
        workers = Checks.atLeast(1, count, "number of workers");
        return this;
    }

    /** Sets how many of the workers that have started stay however long they are idle; by default none. */
    public ProcessPoolBuilder leastWorkers(int count) {
        leastWorkers = Checks.atLeast(0, count, "least number of workers");
        return this;
    }

    /** Sets how long a worker may be idle before it is let go; by default a minute. */
    public ProcessPoolBuilder keepAlive(Duration time) {
        keepAlive = Checks.notNegative(time, "time to keep idle workers");
        return this;
    }

    /** Sets after how many tasks a worker is replaced, for tasks that leak; by default never. */
    public ProcessPoolBuilder tasksPerWorker(int count) {
        tasksPerWorker = Checks.atLeast(1, count, "number of tasks for each worker");
        return this;
    }

    /**
     * Adds options of the Java launcher for workers, such as {@code "-Xmx2g"}.
     *
     * @throws IllegalArgumentException if one lets a worker wait for a debugger before it starts: it would outlive this
     *     process
     */
    public ProcessPoolBuilder jvmOptions(String... options) {
        for (String option : options) {
            worker.options.add(Checks.notSuspending(option));
        }
        return this;
    }

    /** Sets the largest heap of each worker. */
    public ProcessPoolBuilder maxHeapBytes(long bytes) {
        if (bytes < 2L << 20) {
            throw new IllegalArgumentException("the heap of a worker must have at least 2 MiB but is to have " + bytes);
        }
        return jvmOptions("-Xmx" + bytes);
    }

    /**
     * Adds a variable to the environment of workers.
     *
     * <p>That is the environment of this process by default, without the agents in {@code JAVA_TOOL_OPTIONS},
     * {@code JDK_JAVA_OPTIONS} and {@code _JAVA_OPTIONS}: debuggers and profilers are for this process alone.
     *
     * @throws IllegalArgumentException if no variable can have the name or the value
     */
    public ProcessPoolBuilder environment(String name, String value) {
        worker.environment.put(Checks.variableName(name), Checks.variableValue(value));
        worker.removed.remove(name);
        return this;
    }

    /** Takes a variable out of the environment of workers. */
    public ProcessPoolBuilder withoutEnvironment(String name) {
        worker.removed.add(Objects.requireNonNull(name, "name"));
        worker.environment.remove(name);
        return this;
    }

    /** Sets the working directory of workers; by default that of this process. */
    public ProcessPoolBuilder workingDirectory(Path directory) {
        worker.directory = directory.toAbsolutePath();
        return this;
    }

    /**
     * Sets what each worker runs before its first task.
     *
     * <p>If it throws, the worker has failed to start.
     */
    public ProcessPoolBuilder initializer(SerializableRunnable task) {
        initializer = Objects.requireNonNull(task, "task");
        return this;
    }

    /** Sets where the lines go that workers print; by default to the streams of this process. */
    public ProcessPoolBuilder output(WorkerOutput output) {
        worker.output = Objects.requireNonNull(output, "output");
        return this;
    }

    /**
     * Sets which classes may come from workers or go to them, as a pattern of
     * {@link java.io.ObjectInputFilter.Config#createFilter}, in addition to what is always refused.
     */
    public ProcessPoolBuilder filter(String pattern) {
        worker.filter = Objects.requireNonNull(pattern, "pattern");
        return this;
    }

    /** Sets how long each task may run, as {@link ProcessPool#withTimeLimit} does; by default for ever. */
    public ProcessPoolBuilder timeLimit(Duration limit) {
        taskOptions = taskOptions.withTimeLimit(limit);
        return this;
    }

    /** Sets how often a task is run again, as {@link ProcessPool#withRetriesOnCrash} does; by default never. */
    public ProcessPoolBuilder retriesOnCrash(int retries) {
        taskOptions = taskOptions.withRetriesOnCrash(retries);
        return this;
    }

    /** Sets how many workers a task may crash before it is given up, however many retries it has; by default 3. */
    public ProcessPoolBuilder poisonLimit(int crashes) {
        poisonLimit = Checks.atLeast(1, crashes, "poison limit");
        return this;
    }

    /**
     * Sets how long a cancelled task may take to heed its interrupt before its worker is killed; by default 5 s.
     *
     * <p>A worker that is let go may take as long to end, and a second at least.
     */
    public ProcessPoolBuilder cancelGrace(Duration grace) {
        cancelGrace = Checks.notNegative(grace, "grace of cancelled tasks");
        return this;
    }

    /** Sets how long a worker may take to start, its initializer not counted; by default 30 s. */
    public ProcessPoolBuilder startLimit(Duration limit) {
        worker.startLimit = Checks.positive(limit, "limit of a start");
        return this;
    }

    /** Sets how many workers in a row may fail to start before the pool is broken; by default 3. */
    public ProcessPoolBuilder startAttempts(int attempts) {
        startAttempts = Checks.atLeast(1, attempts, "number of attempts to start");
        return this;
    }

    /** Sets how many bytes of tasks may be queued before {@code submit} waits; by default a quarter of the heap. */
    public ProcessPoolBuilder maxQueuedBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the bytes that may be queued must be at least 0 but are " + bytes);
        }
        maxQueuedBytes = bytes;
        return this;
    }

    /**
     * Returns a pool. No worker starts before its first task.
     *
     * @throws IllegalArgumentException if the initializer cannot be serialized, or the least number of workers is
     *     larger than the largest
     */
    public ProcessPool build() {
        if (leastWorkers > workers) {
            throw new IllegalArgumentException("the least number of workers is " + leastWorkers
                    + ", and must not be more than the largest, which is " + workers);
        }
        worker.initializer = initializer == null
                ? null
                : payload(initializer, worker.finish().codec());
        PoolOptions options = options();
        Launcher.rehearse(options.spec());
        return new ProcessPool(new Dispatcher(options), taskOptions);
    }

    PoolOptions options() {
        return new PoolOptions(
                workers,
                leastWorkers,
                keepAlive,
                tasksPerWorker,
                cancelGrace,
                poisonLimit,
                startAttempts,
                maxQueuedBytes,
                worker.finish());
    }

    private static Payload payload(SerializableRunnable initializer, TaskCodec codec) {
        try {
            return codec.encode(initializer);
        } catch (ObjectStreamException e) {
            throw new IllegalArgumentException("the initializer cannot be sent to workers: " + e.getMessage(), e);
        }
    }
}
