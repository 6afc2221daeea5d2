package dev.fleche.processes;

import dev.fleche.code.CacheDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The making of a class archive: one JVM notes which classes a worker loads, a second one archives them.
 *
 * <p>The archive is put in place whole. A note beside it, with the number of the process, keeps others from making it
 * as long as that process lives, and after a failure for a day.
 */
final class ClassArchiveMaker {

    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final long LIMIT_SECONDS = 120;
    private static final String WORK = "making-";
    private static final String FAILED = "failed";

    private ClassArchiveMaker() {}

    static void make(ClassArchive archive) throws IOException {
        Path file = archive.file();
        Path directory = file.resolveSibling(".").normalize();
        CacheDirectory.create(directory);
        if (!CacheDirectory.isOurs(directory.resolve("."))) {
            throw new IOException("the directory " + directory + " is not ours alone");
        }
        Path note = file.resolveSibling(file.getFileName() + ".making");
        sweep(directory);
        if (!isFirst(note)) {
            return;
        }
        Path work = Files.createTempDirectory(
                directory, WORK + ProcessHandle.current().pid() + "-");
        boolean failed = true;
        try {
            Path classes = work.resolve("classes");
            Path made = work.resolve("archive");
            noteClasses(classes, work);
            archive(archive.jars(), classes, made, work);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(note);
            failed = false;
        } finally {
            if (failed) {
                Files.writeString(note, FAILED);
            }
            delete(work);
        }
    }

    private static boolean isFirst(Path note) throws IOException {
        if (Files.exists(note) && isOutdated(note)) {
            Files.deleteIfExists(note);
        }
        try {
            Files.writeString(note, Long.toString(ProcessHandle.current().pid()), StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static boolean isOutdated(Path note) throws IOException {
        String text = Files.readString(note);
        Instant written = Files.getLastModifiedTime(note).toInstant();
        boolean isOld = written.isBefore(Instant.now().minus(PATIENCE));
        // an empty note is being written
        return isOld || (!text.isEmpty() && !text.equals(FAILED) && isDead(text));
    }

    private static boolean isDead(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty();
        } catch (NumberFormatException e) {
            // not a note of ours
            return false;
        }
    }

    /** Removes what processes have left that ended while they made an archive. */
    private static void sweep(Path directory) throws IOException {
        String[] names = directory.toFile().list((parent, name) -> name.startsWith(WORK));
        for (String name : names == null ? new String[0] : names) {
            String pid = name.substring(WORK.length(), Math.max(WORK.length(), name.lastIndexOf('-')));
            if (isDead(pid)) {
                delete(directory.resolve(name));
            }
        }
    }

    private static void noteClasses(Path classes, Path work) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-XX:DumpLoadedClassList=" + classes));
        arguments.addAll(Launcher.program("WorkerTraining"));
        run(arguments, work);
    }

    /** Only G1 archives objects on every JDK; other collectors can use them. */
    private static void archive(String jars, Path classes, Path made, Path work) throws IOException {
        run(
                List.of(
                        "-XX:+UseG1GC",
                        "-Xmx128m",
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + made,
                        "-cp",
                        jars.isEmpty() ? work.resolve("none").toString() : jars),
                work);
    }

    private static void run(List<String> arguments, Path work) throws IOException {
        Path file = work.resolve("arguments");
        Files.writeString(file, ArgumentFile.text(arguments));
        Path home = Path.of(String.valueOf(System.getProperty("java.home")));
        Path output = work.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(Launcher.java(home), "@" + file)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        AgentOptions.remove(builder.environment(), Set.of());
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a JVM that archives classes took more than " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("a JVM that archives classes ended with exit code " + process.exitValue() + ": "
                    + Files.readString(output));
        }
    }

    private static void delete(Path work) throws IOException {
        File[] files = work.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            Files.deleteIfExists(file.toPath());
        }
        Files.deleteIfExists(work);
    }
}
