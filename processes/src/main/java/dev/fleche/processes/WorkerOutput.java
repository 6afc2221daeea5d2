package dev.fleche.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where the lines go that workers write to their standard output and error streams.
 *
 * <p>A line that a task leaves without an end is complete when the task ends; one of more than 8 KiB comes in pieces. A
 * worker that writes faster than its lines are taken is slowed down. Immutable and safe for use by several threads.
 */
public final class WorkerOutput {

    private final Opener opener;

    private WorkerOutput(Opener opener) {
        this.opener = opener;
    }

    @FunctionalInterface
    private interface Opener {
        LineSink open(int worker) throws IOException;
    }

    /** Returns the output that prints to the streams of this program, with worker and task before each line. */
    public static WorkerOutput forward() {
        return new WorkerOutput(worker -> line -> (line.error() ? System.err : System.out).println(line));
    }

    /** Returns the output that is forgotten, but for the last lines of a worker that crashed. */
    public static WorkerOutput discard() {
        return new WorkerOutput(worker -> line -> {});
    }

    /**
     * Returns the output that calls {@code lines} with each line.
     *
     * <p>It is called by one thread at a time for each worker, and by several for several workers. While it runs, the
     * worker's results wait, so it must not wait for a task. What it throws is logged once for each worker.
     */
    public static WorkerOutput to(Consumer<OutputLine> lines) {
        Objects.requireNonNull(lines, "lines");
        return new WorkerOutput(worker -> lines::accept);
    }

    /** Returns the output that is appended to files {@code worker-1.log} and so on in {@code directory}. */
    public static WorkerOutput toFiles(Path directory) {
        Path absolute = directory.toAbsolutePath();
        return new WorkerOutput(worker -> LineSink.file(absolute, worker));
    }

    LineSink open(int worker) throws IOException {
        return opener.open(worker);
    }
}
