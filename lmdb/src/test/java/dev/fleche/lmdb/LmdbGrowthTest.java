package dev.fleche.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Value;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Samples;
import dev.fleche.testing.Threads;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmdbGrowthTest {

    private static final int VALUE_BYTES = 12_000;

    @TempDir
    Path directory;

    private Storages storages;

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    @BeforeEach
    void open() {
        storages = StorageProviders.open(Lmdb.config(directory));
    }

    private void reopen(CacheConfig config) {
        close();
        storages = StorageProviders.open(config);
    }

    /** A process that stores values until it is told to end. */
    public static final class Filler {

        private Filler() {}

        public static void main(String[] arguments) {
            Storages storages = StorageProviders.open(Lmdb.config(Path.of(arguments[0])));
            int from = Integer.parseInt(arguments[1]);
            int to = Integer.parseInt(arguments[2]);
            System.out.println("begun");
            IntStream.range(from, to).forEach(number -> storages.values().put(value(number)));
            System.out.println("filled");
            Runtime.getRuntime().halt(0);
        }
    }

    private static Value value(int number) {
        return Samples.value(number, VALUE_BYTES);
    }

    @Test
    void theMapGrowsWhileThreadsReadAndWrite() {
        int each = 1000;

        Threads.inParallel(
                4,
                thread -> IntStream.range(thread * each, (thread + 1) * each).forEach(number -> {
                    storages.values().put(value(number));
                    Samples.found(storages.values().find(value(number).address()));
                }));

        assertThat(storages.upkeep().sizeBytes()).isGreaterThan(4L * each * VALUE_BYTES);
        assertThat(IntStream.range(0, 4 * each))
                .allMatch(number -> storages.values().contains(value(number).address()));
        assertThat(storages.upkeep().check()).isEmpty();
    }

    @Test
    void aMapThatAnotherProcessMadeLargerIsAdopted() {
        storages.values().put(value(0));

        try (ChildJvm child = ChildJvm.start(Filler.class, directory, 1, 4000)) {
            child.result();
        }

        assertThat(IntStream.range(0, 4000))
                .allSatisfy(number ->
                        Samples.found(storages.values().find(value(number).address())));
        storages.values().put(value(5000));
        Samples.found(storages.values().find(value(5000).address()));
    }

    /** The file is longer than its last state says while another writes, which is no damage. */
    @Test
    void aStoreOpensWhileAnotherProcessWrites() {
        close();
        int opened = 0;

        try (ChildJvm child = ChildJvm.start(Filler.class, directory, 0, 4000)) {
            child.awaitLine("begun");
            while (child.lines().stream().noneMatch("filled"::equals)) {
                open();
                close();
                opened++;
            }
        } finally {
            open();
        }

        assertThat(opened).isPositive();
    }

    @Test
    void aFullStoreRefusesAndTakesAgainWhatFitsAfterRemoval() {
        reopen(Lmdb.config(directory).with("maxBytes", Integer.toString(8 << 20)));

        assertThatThrownBy(() -> IntStream.range(0, 2000)
                        .forEach(number -> storages.values().put(value(number))))
                .isInstanceOf(StorageException.class)
                .hasMessage("the store in " + directory.resolve("lmdb") + " is full: LMDB's file has reached its limit"
                        + " of 8388608 bytes; raise the option maxBytes, or remove entries");
        Samples.found(storages.values().find(value(0).address()));

        IntStream.range(0, 400)
                .forEach(number -> storages.values().remove(value(number).address()));

        IntStream.range(3000, 3200).forEach(number -> storages.values().put(value(number)));
        Samples.found(storages.values().find(value(3199).address()));
        assertThat(storages.upkeep().sizeBytes()).isLessThan(10 << 20);
        assertThat(storages.upkeep().check()).isEmpty();
    }

    @Test
    void whatIsLargeIsAFile() {
        reopen(Lmdb.config(directory).with("largeValueBytes", "5000"));

        storages.values().put(Samples.value(1, 4900));
        storages.values().put(Samples.value(2, 5000));

        assertThat(directory.resolve("values").toFile().list()).hasSize(1);
        assertThat(storages.values().addresses())
                .containsExactlyInAnyOrder(
                        Samples.value(1, 4900).address(), Samples.value(2, 5000).address());
    }

    @Test
    void valuesStayFoundWhenTheLimitBetweenSmallAndLargeChanges() {
        reopen(Lmdb.config(directory).with("largeValueBytes", "100"));
        storages.values().put(value(1));
        reopen(Lmdb.config(directory));
        storages.values().put(value(1));
        storages.values().put(value(2));
        reopen(Lmdb.config(directory).with("largeValueBytes", "100"));

        Samples.found(storages.values().find(value(1).address()));
        Samples.found(storages.values().find(value(2).address()));
        assertThat(storages.values().addresses()).containsExactlyInAnyOrder(value(1).address(), value(2).address());
        assertThat(storages.values().remove(value(1).address())).isTrue();
        assertThat(storages.values().contains(value(1).address())).isFalse();
    }
}
