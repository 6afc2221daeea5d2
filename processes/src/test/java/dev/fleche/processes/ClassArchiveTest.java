package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ClassArchiveTest {

    @TempDir
    private Path directory;

    /** Makes the archive, if told so, and tells whether a worker used one, and what came out on the way. */
    static final class Program {

        public static void main(String[] arguments) throws IOException {
            WorkerSpec spec = new WorkerSpec.Draft().finish();
            ClassArchive archive = ClassArchive.of(spec).orElseThrow();
            if (arguments[0].equals("make")) {
                ClassArchiveMaker.make(archive);
            }
            System.out.println("usable " + archive.isUsable());
            try (RunningWorker worker = RunningWorker.start(spec)) {
                System.out.println("used " + worker.run(1, Program::usesArchive));
                worker.worker().finish();
                System.out.println("output " + worker.end().lastOutput());
            }
        }

        private static boolean usesArchive() {
            try {
                return Files.readString(Path.of("/proc/self/maps")).contains("fleche/worker-");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void aWorkerUsesTheArchive() throws IOException {
        assertThat(run("make")).containsExactly("usable true", "used true", "output []");

        try (Stream<Path> files = Files.list(directory.resolve("fleche"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void anArchiveThatTheJvmRefusesIsIgnoredWithoutAWord() throws IOException {
        run("make");
        try (Stream<Path> files = Files.list(directory.resolve("fleche"))) {
            Path archive = files.findFirst().orElseThrow();
            Files.delete(archive);
            Files.writeString(archive, "not an archive");
            Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
        }

        assertThat(run("use")).containsExactly("usable true", "used false", "output []");
    }

    @Test
    void whatAMakerThatDiedHasLeftIsSweptAndTheArchiveMade() throws IOException, InterruptedException {
        run("make");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path caches = directory.resolve("fleche");
        Path archive;
        try (Stream<Path> files = Files.list(caches)) {
            archive = files.findFirst().orElseThrow();
        }
        Files.delete(archive);
        Files.writeString(Path.of(archive + ".making"), Long.toString(dead.pid()));
        Files.createFile(Files.createDirectory(caches.resolve("making-" + dead.pid() + "-1"))
                .resolve("classes"));

        assertThat(run("make")).contains("usable true", "used true");

        try (Stream<Path> files = Files.list(caches)) {
            assertThat(files).containsExactly(archive);
        }
    }

    @Test
    void anArchiveThatOthersCouldHaveWrittenIsNotUsed() throws IOException {
        run("make");
        Files.setPosixFilePermissions(directory.resolve("fleche"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(run("use")).contains("usable false", "used false");
    }

    @Test
    void theJarsBeforeTheFirstDirectoryAreArchived() throws IOException {
        Path jar = Files.createFile(directory.resolve("a.jar"));
        String path = String.join(java.io.File.pathSeparator, jar.toString(), directory.toString(), jar.toString());

        assertThat(ClassArchive.leadingJars(path)).isEqualTo(jar.toString());
    }

    @Test
    void whoNamesAnArchiveGetsThat() {
        WorkerSpec.Draft draft = new WorkerSpec.Draft();
        draft.options.add("-XX:SharedArchiveFile=/tmp/other.jsa");
        WorkerSpec spec = draft.finish();

        assertThat(ClassArchive.of(spec)).isEmpty();
    }

    private List<String> run(String argument) {
        try (ChildJvm program = ChildJvm.running(Program.class, argument)
                .after("export XDG_CACHE_HOME='" + directory + "'")
                .start()) {
            return program.result();
        }
    }
}
