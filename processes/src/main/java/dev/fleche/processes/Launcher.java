package dev.fleche.processes;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The start of a child JVM on the class path or module path of this one. */
final class Launcher {

    private static final String PACKAGE = "dev.fleche.processes.";

    /**
     * What differs from the JVM's own defaults: the collector with the smallest footprint, made to stop in counted
     * loops as others do, so that a worker whose parent has died ends at once.
     */
    private static final List<String> DEFAULTS = List.of(
            "-XX:+UseSerialGC", "-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000", "-Xshare:auto");

    private Launcher() {}

    /** A process with the file of its arguments, which is needed until it has started. */
    record Launched(Process process, Path arguments) {

        void deleteArguments() {
            try {
                Files.deleteIfExists(arguments);
            } catch (IOException e) {
                arguments.toFile().deleteOnExit(); // it holds no secret
            }
        }
    }

    /**
     * Loads in the background what a start needs, while the program goes on to make its first task.
     *
     * <p>Loading it takes this JVM some 50 ms once, about half of what a worker takes to start.
     */
    static void rehearse(WorkerSpec spec) {
        Thread thread = new Thread(null, () -> tryToRehearse(spec), "fleche rehearsal", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private static void tryToRehearse(WorkerSpec spec) {
        // makes no file, which would stay behind if the program ended meanwhile
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel guest = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            String arguments = ArgumentFile.text(command(spec, 0, "address"));
            ByteBuffer.wrap(arguments.getBytes(StandardCharsets.UTF_8));
            Door.rehearse();
        } catch (IOException | RuntimeException e) {
            // whatever it is, the start itself meets it again, and tells
        }
    }

    /** Starts the process and hands it the secret of the door. */
    static Launched start(WorkerSpec spec, int number, Door door) throws IOException {
        Path file = ArgumentFile.write(command(spec, number, door.address()));
        try {
            Process process = builder(spec, file).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(door.secret());
            } catch (IOException e) {
                // it has ended already; how is told by its exit code
            }
            return new Launched(process, file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static List<String> command(WorkerSpec spec, int number, String address) {
        List<String> command = options(spec);
        command.addAll(program("WorkerMain"));
        command.add(address);
        command.add(String.valueOf(number));
        return command;
    }

    private static ProcessBuilder builder(WorkerSpec spec, Path file) {
        ProcessBuilder builder = new ProcessBuilder(java(spec.javaHome()), "@" + file);
        Path directory = spec.directory();
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(spec.removed());
        environment.putAll(spec.environment());
        AgentOptions.remove(environment, spec.environment().keySet());
        return builder;
    }

    static String java(Path home) {
        return home.resolve("bin").resolve("java").toString();
    }

    /** Returns the options of the launcher; those of the user come last, and win. */
    static List<String> options(WorkerSpec spec) {
        List<String> options = new ArrayList<>(DEFAULTS);
        Optional<ClassArchive> archive = ClassArchive.of(spec);
        if (archive.isPresent() && archive.get().isUsable()) {
            options.addAll(archive.get().options());
        }
        options.addAll(ParentOptions.inherited());
        options.addAll(spec.options());
        return options;
    }

    /** Returns where the classes are, and which of ours is the program. */
    static List<String> program(String main) {
        List<String> program = new ArrayList<>();
        addPath(program, "-cp", classPath());
        Module own = Launcher.class.getModule();
        if (own.isNamed()) {
            addPath(program, "--module-path", System.getProperty("jdk.module.path"));
            program.add("--add-modules=" + modules());
            program.add("-m");
            program.add(own.getName() + "/" + PACKAGE + main);
        } else {
            program.add(PACKAGE + main);
        }
        return program;
    }

    /** Surefire hides the class path in the manifest of a jar that goes when the test run ends. */
    static String classPath() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return classPath == null ? "" : classPath;
    }

    private static void addPath(List<String> program, String option, @Nullable String path) {
        if (path != null && !path.isEmpty()) {
            program.add(option);
            program.add(ParentOptions.Paths.absolute(path));
        }
    }

    /** The modules that this program consists of, whichever of them its main module requires. */
    private static String modules() {
        StringBuilder names = new StringBuilder();
        for (Module module : ModuleLayer.boot().modules()) {
            names.append(names.length() == 0 ? "" : ",").append(module.getName());
        }
        return names.toString();
    }

    /** Returns the entries of the class path; relative ones stay so. */
    static List<String> entries(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split(File.pathSeparator, -1));
    }
}
