package dev.fleche.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of its own, with the class path of this one.
 *
 * <p>What it writes to its output and error stream is collected, line by line. Every wait ends after a time limit: the
 * process is then killed, and the test fails with what it wrote. Closing kills it. Safe for use by several threads.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String name;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        reader = new Thread(this::collect, "output of " + name + " " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code main} with {@code arguments}. */
    public static ChildJvm start(Class<?> main, Object... arguments) {
        return running(main, arguments).start();
    }

    /** Returns a launch of {@code main} with {@code arguments}, to be refined and started. */
    public static Launch running(Class<?> main, Object... arguments) {
        return running(main.getName(), arguments);
    }

    /** Returns a launch of the class named {@code main}, which need not be on the class path of this process. */
    public static Launch running(String main, Object... arguments) {
        return new Launch(main, arguments);
    }

    /** A launch that is not yet started. Not thread-safe. */
    public static final class Launch {

        private final String main;
        private final List<String> arguments;
        private final List<String> prefix = new ArrayList<>();
        private final List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        /** Surefire hides the class path in the manifest of a jar that goes when the test run ends. */
        private String classPath =
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        private String javaHome = System.getProperty("java.home");

        private Launch(String main, Object... arguments) {
            this.main = main;
            this.arguments = Arrays.stream(arguments).map(String::valueOf).toList();
        }

        /** Adds options of the Java launcher, such as {@code -Xmx64m}. */
        public Launch withOptions(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        /** Puts a directory of classes before the class path of this process. */
        public Launch withClasses(Path directory) {
            classPath = directory + File.pathSeparator + classPath;
            return this;
        }

        /** Runs the program on the JDK at {@code home}, in place of this process's own. */
        public Launch onJdk(Path home) {
            javaHome = home.toString();
            return this;
        }

        /** Runs lines of bash before the program starts, such as {@code ulimit -f 8}. */
        public Launch after(String script) {
            prefix.addAll(List.of("bash", "-c", script + "\nexec \"$@\"", "bash"));
            return this;
        }

        /** Starts the process. */
        public ChildJvm start() {
            List<String> command = new ArrayList<>(prefix);
            command.add(Path.of(javaHome, "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-cp", classPath, main));
            command.addAll(arguments);
            try {
                return new ChildJvm(
                        main.substring(main.lastIndexOf('.') + 1),
                        new ProcessBuilder(command).redirectErrorStream(true).start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Writes a line to the input of the process. */
    public void send(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new AssertionError(describe("took no input"), e);
        }
    }

    /** Waits until the process has written a line that starts with {@code start}, and returns the first one. */
    public String awaitLine(String start) {
        try {
            return findLine(start).orElseThrow(() -> {
                process.destroyForcibly();
                return new AssertionError(describe("ended or took too long without \"" + start + "\""));
            });
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private synchronized Optional<String> findLine(String start) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int next = 0;
        while (true) {
            for (; next < lines.size(); next++) {
                if (lines.get(next).startsWith(start)) {
                    return Optional.of(lines.get(next));
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (ended || left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
    }

    /** Waits until the process has ended, and returns its exit code. */
    public int exitCode() {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(describe("did not end within " + LIMIT));
            }
            reader.join(LIMIT.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until the process has ended, fails unless it ended well, and returns the lines that it wrote. */
    public List<String> result() {
        int exitCode = exitCode();
        if (exitCode != 0) {
            throw new AssertionError(describe("ended with exit code " + exitCode));
        }
        return lines();
    }

    /** Returns the lines written so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Kills the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void collect() {
        try (InputStream output = process.getInputStream();
                BufferedReader in = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // the stream of a killed process breaks off; what came before is kept
            add("(" + e.getMessage() + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private AssertionError interrupted(InterruptedException cause) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        return new AssertionError(describe("was waited for by an interrupted thread"), cause);
    }

    private String describe(String what) {
        return "child JVM " + name + " " + what + "; its output:\n" + String.join("\n", lines());
    }
}
