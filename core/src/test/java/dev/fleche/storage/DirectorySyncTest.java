package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.testing.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySyncTest {

    @TempDir
    Path directory;

    private DirectorySync sync;

    @BeforeEach
    void create() {
        sync = new DirectorySync(directory);
    }

    @Test
    void aDirectoryIsWrittenWhateverInterruptsTheThread() {
        Thread.currentThread().interrupt();
        try {
            for (int i = 0; i < 20; i++) {
                assertThatCode(() -> sync.force(directory)).doesNotThrowAnyException();
            }

            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aDirectoryThatIsGoneIsReported() {
        assertThatThrownBy(() -> sync.force(directory.resolve("gone"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void manyThreadsAreAllServed() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.createDirectory(directory.resolve("d" + i));
        }

        Threads.inParallel(16, thread -> {
            for (int round = 0; round < 30; round++) {
                try {
                    Path one = directory.resolve("d" + (thread + round) % 5);
                    Files.writeString(one.resolve(thread + "-" + round), "x");
                    sync.force(one);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });

        assertThatCode(() -> sync.force(directory)).doesNotThrowAnyException();
    }
}
