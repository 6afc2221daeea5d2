package dev.fleche.processes;

import dev.fleche.code.CacheDirectory;
import dev.fleche.digest.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The archive of the classes that a worker loads on its start, by class data sharing.
 *
 * <p>It holds classes of the JDK, and of the jars that stand first on the class path; the JVM archives no class from a
 * directory. Its name says for which JDK and jars it was made, and the JVM checks that again: one that does not fit is
 * ignored. Immutable.
 */
final class ClassArchive {

    private static final String VERSION = "1";

    private final Path file;
    private final String jars;

    private ClassArchive(Path file, String jars) {
        this.file = file;
        this.jars = jars;
    }

    /** Returns the archive for a worker, which may have to be made; empty if it is to have none. */
    static Optional<ClassArchive> of(WorkerSpec spec) {
        if (!spec.classArchive() || !isOwnJava(spec) || choosesItself(spec)) {
            return Optional.empty();
        }
        return CacheDirectory.path().map(directory -> {
            String jars = Launcher.class.getModule().isNamed() ? "" : leadingJars(Launcher.classPath());
            return new ClassArchive(directory.resolve("worker-" + key(jars) + ".jsa"), jars);
        });
    }

    private static boolean isOwnJava(WorkerSpec spec) {
        return spec.javaHome().toString().equals(System.getProperty("java.home"));
    }

    private static boolean choosesItself(WorkerSpec spec) {
        for (String option : spec.options()) {
            if (option.startsWith("-Xshare") || option.startsWith("-XX:SharedArchiveFile")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the jars before the first entry of a class path that is none, absolute. */
    static String leadingJars(String classPath) {
        StringBuilder jars = new StringBuilder();
        for (String entry : Launcher.entries(classPath)) {
            File jar = new File(entry).getAbsoluteFile();
            if (!jar.isFile()) {
                break;
            }
            jars.append(jars.length() == 0 ? "" : File.pathSeparator).append(jar);
        }
        return jars.toString();
    }

    private static String key(String jars) {
        StringBuilder text = new StringBuilder(VERSION);
        for (String property : List.of("java.home", "java.vm.name", "java.vm.version", "os.arch")) {
            text.append('\n').append(System.getProperty(property));
        }
        for (String jar : Launcher.entries(jars)) {
            File entry = new File(jar);
            text.append('\n')
                    .append(jar)
                    .append('\n')
                    .append(entry.length())
                    .append('\n')
                    .append(entry.lastModified());
        }
        byte[] digest = Sha256.create().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 12);
    }

    Path file() {
        return file;
    }

    /** Returns the jars whose classes it holds, as a class path. */
    String jars() {
        return jars;
    }

    /** Returns whether it is there, and by our own hand. */
    boolean isUsable() {
        return CacheDirectory.isOurs(file);
    }

    /** Returns the options that let a JVM use it, and say nothing if it cannot. */
    List<String> options() {
        String log = Runtime.version().feature() >= 24 ? "-Xlog:aot=off" : "-Xlog:cds+dynamic=off";
        return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", log);
    }

    /** Makes it in the background, unless it is there or somebody has begun to. */
    void makeUnlessPresent() {
        if (!Files.exists(file)) {
            Thread thread = new Thread(this::make, "fleche class archive");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void make() {
        try {
            ClassArchiveMaker.make(this);
        } catch (IOException | RuntimeException e) {
            System.getLogger("dev.fleche")
                    .log(System.Logger.Level.DEBUG, "no archive of a worker's classes; starts take longer", e);
        }
    }
}
