package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ModulePathTest {

    /** Stands in our package, since the pool that users see is not needed for this. */
    private static final String SOURCE = """
            package dev.fleche.processes;

            public final class ModularProgram {

                public static void main(String[] arguments) throws Exception {
                    WorkerSpec.Draft draft = new WorkerSpec.Draft();
                    draft.classArchive = false;
                    WorkerSpec spec = draft.finish();
                    var answer = new java.util.concurrent.LinkedBlockingQueue<String>();
                    Worker worker = Worker.start(spec, 1, new Worker.Listener() {
                        @Override public void ready(Worker started) {}
                        @Override public void result(Worker from, long task, Object value, Worker.TaskTiming timing) {
                            answer.add("module " + value);
                        }
                        @Override public void failed(Worker from, long task, Throwable thrown) {
                            answer.add("failed " + thrown);
                        }
                        @Override public void ended(Worker gone, WorkerEnd end) {
                            answer.add("ended " + end);
                        }
                    });
                    dev.fleche.SerializableCallable<String> task =
                            () -> ModularProgram.class.getModule().getName();
                    worker.send(1, spec.codec().encode(task));
                    System.out.println(answer.take());
                    worker.kill("was killed by the test");
                }
            }
            """;

    @Test
    void aWorkerOfAModularProgramIsModular(@TempDir Path directory) throws Exception {
        Path module = directory.resolve("module");
        copy(Path.of("target/classes"), module);
        compile(directory, module);

        assertThat(run(module)).containsExactly("module dev.fleche.processes");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void compile(Path directory, Path module) throws IOException {
        Path source = Files.writeString(directory.resolve("ModularProgram.java"), SOURCE);
        List<String> arguments = List.of(
                "-d",
                module.toString(),
                "--module-path",
                String.join(File.pathSeparator, requiredModules()),
                "--patch-module",
                "dev.fleche.processes=" + module,
                source.toString());
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(result).isZero();
    }

    private static List<String> run(Path module) throws IOException, InterruptedException {
        List<String> path = requiredModules();
        path.add(module.toString());
        Process process = new ProcessBuilder(
                        Launcher.java(Path.of(System.getProperty("java.home"))),
                        "--module-path",
                        String.join(File.pathSeparator, path),
                        "-m",
                        "dev.fleche.processes/dev.fleche.processes.ModularProgram")
                .redirectErrorStream(true)
                .start();
        try (var reader = process.inputReader()) {
            List<String> lines = reader.lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> requiredModules() {
        List<String> path = new ArrayList<>();
        for (String entry : Launcher.entries(Launcher.classPath())) {
            boolean isCore = entry.endsWith("/core/target/classes") || entry.contains("/fleche-0");
            boolean isRequired = Stream.of("/caffeine-", "/asm-", "/jspecify-").anyMatch(entry::contains);
            if ((isCore && !entry.contains("tests")) || isRequired) {
                path.add(entry);
            }
        }
        return path;
    }
}
