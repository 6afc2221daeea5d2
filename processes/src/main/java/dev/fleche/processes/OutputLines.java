package dev.fleche.processes;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The lines of one worker, on their way to where they go; the last ones are kept. Safe for use by several threads. */
final class OutputLines {

    private static final int MAX_LINE_BYTES = 8 << 10;
    private static final int BUFFER_BYTES = 8 << 10;
    private static final int KEPT_CHARACTERS = 4 << 10;

    private final int worker;
    private final WorkerOutput output;
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private final CountDownLatch open = new CountDownLatch(2);
    private @Nullable LineSink sink;
    private boolean failed;
    private int kept;

    OutputLines(int worker, WorkerOutput output) {
        this.worker = worker;
        this.output = output;
    }

    /** Takes a line that a task wrote. */
    void accept(long task, boolean error, byte[] text) {
        OptionalLong from = task == Frame.NO_TASK ? OptionalLong.empty() : OptionalLong.of(task);
        accept(new OutputLine(worker, from, error, new String(text, StandardCharsets.UTF_8)));
    }

    /** Reads what the process itself writes, to the end; blocks. */
    void read(InputStream in, boolean error) {
        byte[] buffer = new byte[BUFFER_BYTES];
        LineCutter cutter = new LineCutter(
                MAX_LINE_BYTES,
                (bytes, length) -> accept(new OutputLine(
                        worker, OptionalLong.empty(), error, new String(bytes, 0, length, Charset.defaultCharset()))));
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                cutter.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // the stream of a killed process breaks off
        } finally {
            cutter.end();
            open.countDown();
            if (open.getCount() == 0) {
                close();
            }
        }
    }

    private synchronized void accept(OutputLine line) {
        last.add(line.text());
        kept += line.text().length();
        while (kept > KEPT_CHARACTERS && last.size() > 1) {
            kept -= last.remove().length();
        }
        try {
            if (sink == null) {
                sink = output.open(worker);
            }
            sink.accept(line);
        } catch (Throwable e) { // code of the user; the results of the worker come by the same thread
            if (!failed) {
                failed = true;
                System.getLogger("dev.fleche")
                        .log(Level.WARNING, "the output of worker " + worker + " could not be passed on", e);
            }
        }
    }

    /**
     * Waits until all is read that the process wrote; not long, since its children may hold the streams open.
     *
     * <p>What they write later opens the sink again, until they end too.
     */
    void awaitEnd() {
        try {
            boolean unused = open.await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private synchronized void close() {
        try {
            if (sink != null) {
                sink.close();
            }
        } catch (IOException e) {
            // each line has been flushed, and its failure told
        }
        sink = null;
    }

    synchronized List<String> last() {
        return List.copyOf(last);
    }
}
