package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessPoolBuilderTest {

    @Test
    void workersGetTheOptionsOfThePool(@TempDir Path directory) throws Exception {
        try (ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .jvmOptions("-Dcolour=dark blue")
                .environment("FLECHE_TEST", "yes")
                .withoutEnvironment("HOME")
                .maxHeapBytes(48 << 20)
                .workingDirectory(directory)
                .build()) {
            assertThat(pool.submit(() -> System.getProperty("colour")).get()).isEqualTo("dark blue");
            assertThat(pool.submit(() -> System.getenv("FLECHE_TEST")).get()).isEqualTo("yes");
            assertThat(pool.submit(() -> System.getenv("HOME")).get()).isNull();
            assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).get())
                    .isLessThan(64 << 20);
            assertThat(pool.submit(() -> Files.createFile(Path.of("here")).toString())
                            .get())
                    .isEqualTo("here");
            assertThat(directory.resolve("here")).exists();
        }
    }

    @Test
    void wrongArgumentsAreRefusedAtOnce() {
        ProcessPoolBuilder builder = ProcessPool.builder();

        assertThatThrownBy(() -> builder.workers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of workers must be at least 1 but is 0");
        assertThatThrownBy(() -> builder.timeLimit(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time limit must be positive but is PT0S");
        assertThatThrownBy(() -> builder.keepAlive(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time to keep idle workers must not be negative but is PT-1S");
        assertThatThrownBy(() -> builder.maxHeapBytes(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 MiB");
        assertThatThrownBy(() -> builder.environment("A=B", "c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be empty, nor hold '=' or a zero, but is \"A=B\"");
        assertThatThrownBy(() -> builder.environment("A", "b\0c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.jvmOptions("-agentlib:jdwp=transport=dt_socket,server=y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add suspend=n to -agentlib:jdwp=transport=dt_socket,server=y");
        assertThatThrownBy(() -> builder.workers(1).leastWorkers(2).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be more than the largest");
    }

    @Test
    void anInitializerThatCannotBeSerializedIsRefusedAtOnce() {
        Object captured = new Object();

        assertThatThrownBy(() -> ProcessPool.builder()
                        .initializer(() -> System.out.println(captured))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the initializer cannot be sent to workers")
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void timeForEverIsALimitThatIsNeverReached() throws Exception {
        try (ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .timeLimit(Duration.ofSeconds(Long.MAX_VALUE))
                .keepAlive(Duration.ofSeconds(Long.MAX_VALUE))
                .build()) {
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }
}
