package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LauncherTest {

    @Test
    void argumentsOfAnyContentReachTheWorker() {
        String odd = "a \"b\" 'c' \\d #e\tf\ng @h $i grün";
        try (RunningWorker worker =
                RunningWorker.start(RunningWorker.quiet(draft -> draft.options.add("-Dodd=" + odd)))) {
            Object found = worker.run(1, () -> System.getProperty("odd"));

            assertThat(found).isEqualTo(odd);
        }
    }

    @Test
    void theClassPathHoldsInAnotherDirectory(@TempDir Path directory) {
        try (RunningWorker worker = RunningWorker.start(RunningWorker.quiet(draft -> draft.directory = directory))) {
            assertThat(worker.run(1, () -> LauncherTest.class.getName())).isEqualTo(LauncherTest.class.getName());
        }
    }

    @Test
    void entriesOfPathsBecomeAbsolute() {
        String here = new File("").getAbsolutePath();
        String separator = File.pathSeparator;

        assertThat(ParentOptions.Paths.absolute("/x/a.jar" + separator + "b" + separator))
                .isEqualTo("/x/a.jar" + separator + here + "/b" + separator + here);
    }

    @Test
    void systemPropertiesAreNotInherited() {
        System.setProperty("only.here", "yes");
        try (RunningWorker worker = RunningWorker.start()) {
            assertThat(worker.run(1, () -> String.valueOf(System.getProperty("only.here"))))
                    .isEqualTo("null");
        } finally {
            System.clearProperty("only.here");
        }
    }

    @Test
    void modulesAndAssertionsAreInheritedAndNothingElse() {
        assertThat(ParentOptions.select(
                        "-Xmx4g",
                        "-agentlib:jdwp=transport=dt_socket",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-ea",
                        "-cp",
                        "--add-modules",
                        "--patch-module=a=/b",
                        "--enable-preview",
                        "-Dx=y",
                        "Main",
                        "--add-reads",
                        "a=b"))
                .containsExactly(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-ea",
                        "--patch-module=a=/b",
                        "--enable-preview");
    }
}
