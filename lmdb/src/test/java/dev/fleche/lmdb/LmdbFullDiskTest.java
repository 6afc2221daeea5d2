package dev.fleche.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a file system of two megabytes; mounting it needs root. */
@Tag("system")
class LmdbFullDiskTest {

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=2m", "fleche-test", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void whatDoesNotFitIsRefusedAndWhatFitsStays() {
        Storages storages = StorageProviders.open(Lmdb.config(disk.resolve("store")));
        storages.calls().putIfAbsent(Samples.record(1));

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> IntStream.range(0, 400)
                            .forEach(number -> storages.values().put(Samples.value(number, 10_000))))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("failed");
        }

        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
        Samples.found(storages.values().find(Samples.value(0, 10_000).address()));
        assertThat(storages.upkeep().check()).isEmpty();
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
