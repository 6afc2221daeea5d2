package dev.fleche.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server on this machine's loopback, with an empty directory of its own that goes when it is closed.
 *
 * <p>Its program comes from a Maven artefact. Every user is trusted. PostgreSQL refuses to be run by root, so it runs
 * as nobody in root's processes. Confined to one thread at a time, apart from {@link #newDatabase} and {@link #url}.
 */
final class PostgreSqlServer extends DatabaseServer {

    /** The server that the tests of this JVM share. */
    private static final class Shared {
        static final PostgreSqlServer SERVER = launch();
    }

    /** The server that those tests share which stop it. */
    private static final class Stoppable {
        static final PostgreSqlServer SERVER = launch();
    }

    private PostgreSqlServer(Path directory) throws IOException {
        super(directory);
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
    }

    /** Returns the server that all tests of this JVM share; starts it if need be. It must not be stopped. */
    static PostgreSqlServer shared() {
        return Shared.SERVER;
    }

    /** Returns another server, which tests may stop. */
    static PostgreSqlServer stoppable() {
        return running(Stoppable.SERVER);
    }

    private static PostgreSqlServer launch() {
        return launch("fleche-postgresql", PostgreSqlServer::new);
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
        command.add(directory().resolve("bin").resolve(name).toString());
        return command;
    }

    @Override
    ServerProcess start() throws IOException {
        List<String> command = program("postgres");
        command.addAll(List.of("-D", directory().resolve("data").toString(), "-p", Integer.toString(port())));
        for (String setting :
                List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200")) {
            command.addAll(List.of("-c", setting));
        }
        return ServerProcess.start("INT", directory(), command);
    }

    @Override
    String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name + "?user=" + USER;
    }

    @Override
    String first() {
        return "postgres";
    }
}
