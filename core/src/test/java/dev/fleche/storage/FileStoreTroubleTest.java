package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Value;
import dev.fleche.record.Lookup;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Samples;
import dev.fleche.testing.Threads;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTroubleTest {

    private final Value value = Samples.value(1, 5000);

    @TempDir
    Path parent;

    private Path directory;
    private Storages storages;

    /** Stores what fits, in a process whose files may have 8 KiB at most, and says what did not. */
    static final class Limited {

        public static void main(String[] arguments) {
            Storages storages = FileStorages.open(Path.of(arguments[0]));
            storages.values().put(Samples.value(1, 5000));
            storages.calls().putIfAbsent(Samples.record(1));
            try {
                storages.values().put(Samples.value(2, 500_000));
            } catch (StorageException e) {
                System.out.println("refused " + e.getMessage());
            }
            storages.values().put(Samples.value(3, 5000));
            Runtime.getRuntime().halt(0);
        }
    }

    @BeforeEach
    void open() {
        directory = parent.resolve("store");
        storages = FileStorages.open(directory);
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
    }

    @Test
    void aStoreDeletedWhileItIsUsedMissesAndIsWrittenAnew() throws IOException {
        storages.values().put(value);
        storages.calls().putIfAbsent(Samples.record(1));

        delete(directory);

        assertThat(storages.values().find(value.address())).isEqualTo(Lookup.absent());
        assertThat(storages.calls().find(Samples.key(1))).isEqualTo(Lookup.absent());
        assertThat(storages.calls().records()).isEmpty();
        storages.values().put(value);
        assertThat(storages.calls().putIfAbsent(Samples.record(1))).isTrue();
        assertThat(Samples.found(storages.values().find(value.address()))).isEqualTo(value);
        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
        assertThat(directory.resolve("FLECHE")).exists();
        assertThat(StoreFiles.below(directory.resolve("owners"))).hasSize(1);
        assertThatCode(() -> StoreFiles.sweep(directory)).doesNotThrowAnyException();
    }

    @Test
    void everyPartOfTheLayoutThatIsDeletedIsWrittenAnew() throws IOException {
        for (String part : List.of("values", "calls", "temp", "owners", "admissions")) {
            storages.calls().admit(Samples.key(9), Set.of(value.address()));
            delete(directory.resolve(part));

            storages.values().put(value);
            storages.calls().replace(Samples.record(1));
            storages.calls().admit(Samples.key(9), Set.of(value.address()));

            assertThat(storages.values().contains(value.address())).as(part).isTrue();
            assertThat(Samples.found(storages.calls().find(Samples.key(1))))
                    .as(part)
                    .isEqualTo(Samples.record(1));
        }
    }

    @Test
    void aStoreDeletedAgainAndAgainFailsAtMostWithAStorageException() {
        AtomicInteger refused = new AtomicInteger();
        Threads.inParallel(3, thread -> {
            for (int round = 0; round < 100; round++) {
                if (thread == 0) {
                    deleteLeniently(directory.toFile());
                } else {
                    Value other = Samples.value(thread * 1000L + round, 2000);
                    try {
                        storages.values().put(other);
                        storages.calls().putIfAbsent(Samples.record(round, other.toString()));
                    } catch (StorageException e) {
                        refused.incrementAndGet();
                    }
                    assertThat(storages.values().find(other.address())).isIn(Lookup.hit(other), Lookup.absent());
                }
            }
        });

        deleteLeniently(directory.toFile());
        storages.values().put(value);
        assertThat(Samples.found(storages.values().find(value.address()))).isEqualTo(value);
        assertThat(refused.get()).isLessThan(200);
    }

    @Test
    void whatTookTheStoresPlaceIsLeftAlone() throws IOException {
        storages.values().put(value);
        delete(directory);
        Files.createDirectory(directory);
        Files.writeString(directory.resolve("thesis.txt"), "x");

        assertThatThrownBy(() -> storages.values().put(value))
                .isInstanceOf(StorageException.class)
                .hasMessage(directory + " is not a Fleche store, and holds other files; choose an empty directory");
        assertThat(StoreFiles.below(directory)).containsExactly("thesis.txt");
    }

    @Test
    void aWriteThatDoesNotFitLeavesNothingBehind() {
        close();

        try (ChildJvm child = ChildJvm.running(Limited.class, directory)
                .after("ulimit -f 8")
                .withOptions("-XX:-UsePerfData")
                .start()) {
            assertThat(child.result())
                    .singleElement()
                    .asString()
                    .startsWith("refused "
                            + StoreFiles.value(
                                    directory, Samples.value(2, 500_000).address()))
                    .contains(" cannot be written: ");
        }

        assertThat(StoreFiles.below(directory.resolve("temp"))).hasSize(1);
        open();
        assertThat(storages.values().contains(Samples.value(1, 5000).address())).isTrue();
        assertThat(storages.values().contains(Samples.value(2, 500_000).address()))
                .isFalse();
        assertThat(storages.values().contains(Samples.value(3, 5000).address())).isTrue();
    }

    @Test
    void aWriteThatIsRefusedLeavesWhatWasThere() throws IOException {
        storages.calls().putIfAbsent(Samples.record(1, "first"));
        String shard = Samples.key(2).toString().substring(0, 2);
        Files.writeString(directory.resolve("calls").resolve(shard), "a file in place of the directory");

        assertThatThrownBy(() -> storages.calls().putIfAbsent(Samples.record(2)))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(StoreFiles.record(directory, Samples.key(2)) + " cannot be written: ");

        assertThat(StoreFiles.below(directory.resolve("temp"))).hasSize(1);
        assertThat(storages.calls().find(Samples.key(2))).isEqualTo(Lookup.absent());
        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1, "first"));
    }

    @Test
    void storingAnOldValueAgainRefreshesItsTime() throws IOException {
        storages.values().put(value);
        Path file = StoreFiles.value(directory, value.address());
        Object inode = Files.getAttribute(file, "unix:ino");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(30))));

        storages.values().put(value);

        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void closingRemovesTheOwner() {
        storages.values().put(value);
        storages.calls().admit(Samples.key(1), Set.of(value.address()));
        assertThat(StoreFiles.below(directory.resolve("owners"))).hasSize(1);

        close();

        assertThat(StoreFiles.below(directory.resolve("owners"))).isEmpty();
        assertThat(StoreFiles.below(directory.resolve("temp"))).isEmpty();
        assertThat(StoreFiles.below(directory.resolve("admissions"))).isEmpty();
    }

    @Test
    void aStoreThatIsOnlyReadHasNoOwner() {
        assertThat(storages.values().find(value.address())).isEqualTo(Lookup.absent());

        assertThat(StoreFiles.below(directory)).containsExactly("FLECHE");
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            for (String name : StoreFiles.below(path).stream()
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(path.resolve(name));
            }
            Files.delete(path);
        }
    }

    /** Deletes what is there, whatever comes into being meanwhile. */
    private static void deleteLeniently(File file) {
        File[] below = file.listFiles();
        if (below != null) {
            for (File one : below) {
                deleteLeniently(one);
            }
        }
        file.delete();
    }
}
