package dev.fleche.examples;

import java.io.Console;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * The progress of a job: a bar that is redrawn on a terminal, a line for each quarter anywhere else.
 *
 * <p>Not thread-safe; drawn by one thread.
 */
final class ProgressBar {

    private static final int CELLS = 40;
    private static final int QUARTERS = 4;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LINE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PrintStream out;
    private final String name;
    private final int total;
    private final boolean isTerminal;
    private final long start = System.nanoTime();
    private long drawn = start;
    private int done;

    ProgressBar(PrintStream out, String name, int total) {
        this.out = out;
        this.name = name;
        this.total = total;
        this.isTerminal = isTerminal();
    }

    /** Advances by one. */
    void step() {
        done++;
        boolean isDue = isTerminal || done * QUARTERS / total > (done - 1) * QUARTERS / total;
        long now = System.nanoTime();
        if (done == total || (isDue && now - drawn >= (isTerminal ? REDRAW_NANOS : LINE_NANOS))) {
            drawn = now;
            draw();
        }
    }

    private void draw() {
        if (isTerminal) {
            int filled = done * CELLS / total;
            // blanks at the end cover what a longer text left there
            out.print("\r  [" + "#".repeat(filled) + ".".repeat(CELLS - filled) + "] " + state() + "   ");
            out.print(done == total ? "\n" : "");
            out.flush();
        } else {
            out.println("  " + state());
        }
    }

    private String state() {
        return name + ": " + done + " of " + total + " runs after " + Page.time(System.nanoTime() - start);
    }

    @SuppressWarnings("SystemConsoleNull") // newer runtimes are asked by the method that they have for it
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // from Java 22 on there is a console without a terminal too
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
