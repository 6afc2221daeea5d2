package dev.fleche.processes;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The standard streams of a worker, which send whole lines to the parent, with the task that runs.
 *
 * <p>Safe for use by several threads.
 */
final class StandardStreams {

    private static final int MAX_LINE_BYTES = 8 << 10;

    /** How much output may wait to be sent before those who print have to wait. */
    private static final long MAX_WAITING_BYTES = 256 << 10;

    private final Outbox outbox;
    private final Printer out = new Printer(Frame.OUTPUT);
    private final Printer error = new Printer(Frame.ERROR_OUTPUT);
    private volatile long task = Frame.NO_TASK;

    StandardStreams(Outbox outbox) {
        this.outbox = outbox;
    }

    void install() {
        System.setOut(new Stream(out));
        System.setErr(new Stream(error));
    }

    void beginTask(long number) {
        task = number;
    }

    /** Sends what the task left without an end of line. */
    void endTask() {
        out.endLine();
        error.endLine();
        task = Frame.NO_TASK;
    }

    /** A stream that only we can close: it is the program's. */
    private static final class Stream extends PrintStream {

        Stream(Printer printer) {
            super(printer, true, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            flush();
        }
    }

    /** The bytes of a stream on their way to lines. */
    private final class Printer extends OutputStream implements LineCutter.Target {

        private final byte kind;
        private final LineCutter cutter = new LineCutter(MAX_LINE_BYTES, this);

        Printer(byte kind) {
            this.kind = kind;
        }

        @Override
        public synchronized void write(int b) {
            cutter.write((byte) b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) {
            cutter.write(bytes, offset, count);
        }

        synchronized void endLine() {
            cutter.end();
        }

        @Override
        public void accept(byte[] line, int length) {
            outbox.addOutput(new Frame(kind, task, new Payload(Arrays.copyOf(line, length))), MAX_WAITING_BYTES);
        }
    }
}
