package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.storage.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for the care for the directory of a store whose entries are in an engine.
 *
 * <p>Extend it, and name the store by a configuration.
 */
public abstract class DirectoryCareContract {

    /** What no process that lives calls itself. */
    private static final String DEAD = "1-abc-0123456789abcdef";

    @TempDir
    Path parent;

    private Path directory;
    private Storages storages;
    private Upkeep upkeep;

    /** Returns what opens the store in {@code directory}. */
    protected abstract CacheConfig config(Path directory);

    @BeforeEach
    void open() {
        directory = parent.resolve("store");
        storages = StorageProviders.open(config(directory));
        upkeep = storages.upkeep();
        storages.values().put(Samples.value(1, 500_000));
        storages.calls().putIfAbsent(Samples.record(1));
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    @Test
    void aStoreInUseHasNoFlaws() {
        CallStorage.Admission admission = storages.calls().admit(Samples.key(2), Set.of(Samples.unknownAddress()));

        assertThat(upkeep.check()).isEmpty();
        assertThat(upkeep.repair()).isEmpty();
        admission.close();
    }

    @Test
    void whatTheDeadLeftIsFoundAndRemoved() throws IOException {
        for (String area : List.of("temp", "admissions")) {
            Path left = directory.resolve(area).resolve(DEAD);
            Files.createDirectories(left);
            Files.writeString(left.resolve("5"), "x");
        }
        Files.createDirectories(directory.resolve("owners"));
        Files.writeString(directory.resolve("owners").resolve(DEAD), "");

        List<Flaw> found = upkeep.check();

        assertThat(found)
                .extracting(Flaw::kind)
                .containsExactly(Flaw.Kind.LEFT_BEHIND, Flaw.Kind.LEFT_BEHIND, Flaw.Kind.LEFT_BEHIND);
        assertThat(upkeep.repair()).containsExactlyInAnyOrderElementsOf(found);
        assertThat(upkeep.check()).isEmpty();
        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
    }

    @Test
    void aFileThatDoesNotBelongThereIsFoundAndStays() throws IOException {
        Path foreign = Files.writeString(directory.resolve("thesis.txt"), "x");

        assertThat(upkeep.check())
                .containsExactly(new Flaw(
                        Flaw.Kind.FOREIGN, foreign.toString(), "does not belong to the store; move it elsewhere"));
        assertThat(upkeep.repair()).isEmpty();

        assertThat(foreign).exists();
    }

    @Test
    void aDamagedMarkerIsFoundAndMended() throws IOException {
        Path marker = directory.resolve("FLECHE");
        byte[] before = Files.readAllBytes(marker);
        Files.write(marker, new byte[0]);

        assertThat(upkeep.check()).isNotEmpty();
        assertThat(upkeep.repair()).isNotEmpty();

        assertThat(upkeep.check()).isEmpty();
        assertThat(marker).hasBinaryContent(before);
    }

    @Test
    void theSizeIsThatOfAllFiles() {
        assertThat(upkeep.sizeBytes()).isBetween(500_000L, 5_000_000L);
    }
}
