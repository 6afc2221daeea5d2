package dev.fleche.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that is started for tests on this machine's loopback, with a directory of its own that goes when it is
 * closed.
 *
 * <p>Confined to one thread at a time, apart from {@link #newDatabase} and {@link #url}.
 */
abstract class DatabaseServer implements AutoCloseable {

    /** The name of a user who may do everything, and needs no password. */
    static final String USER = "fleche";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path directory;
    private final int port;
    private @Nullable ServerProcess process;

    /** How a server is made in a directory. */
    interface Maker<S extends DatabaseServer> {
        S make(Path directory) throws IOException;
    }

    DatabaseServer(Path directory) throws IOException {
        this.directory = directory;
        port = ServerProcess.freePort();
    }

    /** Starts a server in a new directory, which goes with this process, or if that fails. */
    static <S extends DatabaseServer> S launch(String prefix, Maker<S> maker) {
        try {
            Path directory = ServerBinaries.temporaryDirectory(prefix);
            try {
                S server = maker.make(directory);
                server.restart();
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return server;
            } catch (IOException | RuntimeException | Error e) {
                ServerBinaries.delete(directory);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the URL of the database called {@code name}, with the user in it. */
    abstract String url(String name);

    /** Returns the name of a database that is always there. */
    abstract String first();

    /** Starts the server's process, which may not answer yet. */
    abstract ServerProcess start() throws IOException;

    final Path directory() {
        return directory;
    }

    final int port() {
        return port;
    }

    /** Creates an empty database, and returns its URL with the user in it. */
    final String newDatabase() throws SQLException {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(first()));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    /** Stops the server in good order, which ends all connections. */
    final void stop() {
        process().stop();
        process = null;
    }

    /** Kills the server. */
    final void kill() {
        process().kill();
        process = null;
    }

    /** Starts the server again at the same port, with the data that it had when it was stopped or killed. */
    final void restart() throws IOException {
        ServerProcess started = start();
        process = started;
        started.awaitAnswer(url(first()));
    }

    /** Returns a server that runs, also if a test has failed to start it again. */
    static <S extends DatabaseServer> S running(S server) {
        if (!server.runs()) {
            try {
                server.restart();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    /** Ends the server, and removes its data. */
    @Override
    public final void close() {
        if (process != null) {
            process.stop();
        }
        ServerBinaries.delete(directory);
    }

    final boolean runs() {
        return process != null;
    }

    private ServerProcess process() {
        return Objects.requireNonNull(process, "the server does not run");
    }
}
