package dev.fleche.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server on this machine's loopback, with an empty directory of its own that goes when it is closed.
 *
 * <p>Its program comes from a Maven artefact. Every user is trusted. PostgreSQL refuses to be run by root, so it runs
 * as nobody in root's processes. Confined to one thread at a time, apart from {@link #newDatabase} and {@link #url}.
 */
final class PostgreSqlServer implements DatabaseServer {

    /** The name of a user who may do everything. */
    static final String USER = "fleche";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path directory;
    private final int port;
    private ServerProcess process;

    /** The server that the tests of this JVM share. */
    private static final class Shared {
        static final PostgreSqlServer SERVER = launch();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    private PostgreSqlServer(Path directory) throws IOException {
        this.directory = directory;
        port = ServerProcess.freePort();
        ServerBinaries.unpackTar(archive(), directory);
        Path data = Files.createDirectory(directory.resolve("data"));
        if (ServerBinaries.isRoot()) {
            UserPrincipal nobody =
                    data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(data, nobody);
        }
        List<String> init = program("initdb");
        init.addAll(List.of("-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale"));
        init.add("--no-sync");
        ServerProcess.run(directory, init);
        process = start();
    }

    /** Returns the server that all tests of this JVM share; starts it if need be. It must not be stopped. */
    static PostgreSqlServer shared() {
        return Shared.SERVER;
    }

    /** Starts a server for one test. */
    static PostgreSqlServer launch() {
        try {
            Path directory = ServerBinaries.temporaryDirectory("fleche-postgresql");
            try {
                return new PostgreSqlServer(directory);
            } catch (IOException | RuntimeException | Error e) {
                ServerBinaries.delete(directory);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String archive() {
        String system = ServerBinaries.system().equals("macos") ? "darwin" : ServerBinaries.system();
        return "postgres-" + system + (ServerBinaries.isArm() ? "-arm_64" : "-x86_64") + ".txz";
    }

    private List<String> program(String name) {
        List<String> command = new ArrayList<>();
        if (ServerBinaries.isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"));
        }
        command.add(directory.resolve("bin").resolve(name).toString());
        return command;
    }

    private ServerProcess start() throws IOException {
        List<String> command = program("postgres");
        command.addAll(List.of("-D", directory.resolve("data").toString(), "-p", Integer.toString(port)));
        for (String setting :
                List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200")) {
            command.addAll(List.of("-c", setting));
        }
        ServerProcess started = ServerProcess.start("INT", directory, command);
        started.awaitAnswer(url("postgres"));
        return started;
    }

    @Override
    public String newDatabase() throws SQLException {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    /** Returns the URL of the database called {@code name}, with the user in it. */
    String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + USER;
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() throws IOException {
        process = start();
    }

    @Override
    public void close() {
        process.stop();
        ServerBinaries.delete(directory);
    }
}
