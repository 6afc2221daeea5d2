package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Value;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a file system of one megabyte; mounting it needs root. */
@Tag("system")
class FullDiskTest {

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=1m", "fleche-test", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void whatDoesNotFitIsRefusedAndWhatFitsStays() {
        Storages storages = FileStorages.open(disk.resolve("store"));
        Value value = Samples.value(1, 700_000);
        storages.values().put(value);
        storages.calls().putIfAbsent(Samples.record(1, value));

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> storages.values().put(Samples.value(2, 700_000)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageEndingWith("No space left on device");
        }

        assertThat(StoreFiles.below(disk.resolve("store/temp"))).hasSize(1);
        assertThat(Samples.found(storages.values().find(value.address())).encoded())
                .isEqualTo(value.encoded());
        assertThat(storages.calls().putIfAbsent(Samples.record(2))).isTrue();
        assertThat(storages.calls().records()).hasSize(2);
        storages.values().close();
        storages.calls().close();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
