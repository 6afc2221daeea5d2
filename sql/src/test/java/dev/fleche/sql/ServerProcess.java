package dev.fleche.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that runs a database server, and ends with this JVM, however that ends.
 *
 * <p>Confined to one thread at a time.
 */
final class ServerProcess {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Sends the server the signal that it reads, or the first argument's when nobody is there to write one. */
    private static final String KEEPER = "s=$1; shift; \"$@\" & p=$!; read -r t; kill -\"${t:-$s}\" $p; wait $p";

    /** The name of the file in a server's directory to which its output goes. */
    private static final String LOG = "log";

    private final String stopSignal;
    private final Path log;
    private final Process keeper;

    private ServerProcess(String stopSignal, Path log, Process keeper) {
        this.stopSignal = stopSignal;
        this.log = log;
        this.keeper = keeper;
    }

    /** Starts a server that works in {@code directory}. */
    static ServerProcess start(String stopSignal, Path directory, List<String> command) throws IOException {
        Path log = directory.resolve(LOG);
        List<String> kept = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh", stopSignal));
        kept.addAll(command);
        Process keeper = new ProcessBuilder(kept)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ServerProcess(stopSignal, log, keeper);
    }

    /** Runs a command in {@code directory} to its end, which must be a good one. */
    static void run(Path directory, List<String> command) throws IOException {
        Path log = directory.resolve(LOG);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await(process, log);
        if (process.exitValue() != 0) {
            throw failed(command.get(0) + " ended with exit code " + process.exitValue(), log);
        }
    }

    /** Returns a port of this machine that is free at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until the server answers at {@code url}. */
    void awaitAnswer(String url) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        boolean seen = false;
        while (true) {
            try (Connection connection = DriverManager.getConnection(url)) {
                if (connection.isValid(10)) {
                    return;
                }
            } catch (SQLException e) {
                boolean runs = keeper.children().findAny().isPresent();
                boolean ended = seen && !runs;
                seen |= runs;
                if (ended || System.nanoTime() > deadline) {
                    throw failed(ended ? "the server has ended" : "the server does not answer: " + e, log);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Ends the server in good order, and waits until it has ended. */
    void stop() {
        end(stopSignal);
    }

    /** Kills the server, and waits until it is gone. */
    void kill() {
        end("KILL");
    }

    private void end(String signal) {
        List<ProcessHandle> all = keeper.descendants().toList();
        try (OutputStream input = keeper.getOutputStream()) {
            input.write((signal + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it has ended already
        }
        await(keeper, log);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        // what a server leaves holds its memory and files for a moment, and another one then refuses to start
        while (all.stream().anyMatch(ServerProcess::isRunning)) {
            if (System.nanoTime() > deadline) {
                throw failed("a process of the server does not end", log);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** An orphan that nobody has reaped is a zombie, which has an entry but does not run. */
    private static boolean isRunning(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (!Files.exists(stat)) {
            return process.isAlive();
        }
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(Process process, Path log) {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw failed("a process of the server does not end", log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a server is started or stopped", e);
        }
    }

    private static AssertionError failed(String what, Path log) {
        try {
            return new AssertionError(what + "; its log:\n" + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
