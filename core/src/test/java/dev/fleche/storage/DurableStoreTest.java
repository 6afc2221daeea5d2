package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Value;
import dev.fleche.record.Lookup;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which names a durable store writes to the disk, and what is left if one of them cannot be. */
class DurableStoreTest {

    private final Value value = Samples.value(1, 5000);
    private final List<Path> written = new CopyOnWriteArrayList<>();

    @TempDir
    Path parent;

    private Path directory;
    private FileStore store;
    private Storages storages;
    /** Whose names the disk refuses to keep. */
    private volatile Path refused = Path.of("nothing");

    @BeforeEach
    void open() {
        directory = parent.resolve("a/store");
        StoreDirectory opened = StoreDirectory.open(directory, "files");
        NameSync disk = new DirectorySync(directory);
        NameSync sync = place -> {
            if (place.startsWith(refused)) {
                throw new IOException("Input/output error");
            }
            disk.force(place);
            written.add(place);
        };
        store = new FileStore(opened, new Placement(true), new DurableNames(opened, sync), 2);
        storages = FileStorages.of(store);
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
    }

    @Test
    void theWayToTheFirstEntryIsWrittenFromTheShardToWhatWasThereBefore() {
        storages.calls().putIfAbsent(Samples.record(1));

        assertThat(written)
                .contains(
                        StoreFiles.record(directory, Samples.key(1)).getParent(),
                        directory.resolve("calls"),
                        directory,
                        directory.getParent(),
                        parent);
    }

    @Test
    void theNextEntryOfADirectoryCostsOneWrite() {
        storages.values().put(value);
        Path shard = StoreFiles.value(directory, value.address()).getParent();
        storages.values().remove(value.address());
        written.clear();

        storages.values().put(value);

        assertThat(written).containsExactly(shard);
    }

    @Test
    void aNewDirectoryOfEntriesCostsOneWriteMore() {
        storages.calls().putIfAbsent(Samples.record(1));
        written.clear();

        storages.calls().putIfAbsent(Samples.record(2));

        assertThat(written)
                .containsExactly(StoreFiles.record(directory, Samples.key(2)).getParent(), directory.resolve("calls"));
    }

    @Test
    void whatHadToBeMadeAgainIsWrittenAgain() throws IOException {
        storages.calls().putIfAbsent(Samples.record(1));
        Path shard =
                directory.resolve("calls").resolve(Samples.key(1).toString().substring(0, 2));
        Files.delete(StoreFiles.record(directory, Samples.key(1)));
        Files.delete(shard);
        Files.delete(directory.resolve("calls"));
        written.clear();

        storages.calls().putIfAbsent(Samples.record(1));

        assertThat(written).contains(shard, directory.resolve("calls"), directory);
    }

    @Test
    void aValueThatAnotherProcessStoredIsWrittenToTheDiskOnce() {
        Storages fast = FileStorages.open(directory);
        fast.values().put(value);
        fast.values().close();
        fast.calls().close();

        storages.values().put(value);
        assertThat(written)
                .contains(StoreFiles.value(directory, value.address()).getParent());
        written.clear();
        storages.values().put(value);

        assertThat(written).isEmpty();
    }

    @Test
    void anAdmissionIsNotWrittenToTheDisk() {
        storages.calls().admit(Samples.key(1), Set.of(value.address()));

        assertThat(written).isEmpty();
    }

    @Test
    void aRemovalIsWrittenToTheDisk() {
        storages.calls().putIfAbsent(Samples.record(1));
        written.clear();

        storages.calls().remove(Samples.key(1));

        assertThat(written)
                .containsExactly(StoreFiles.record(directory, Samples.key(1)).getParent());
    }

    @Test
    void aNameThatTheDiskDoesNotKeepDoesNotStay() {
        storages.calls().putIfAbsent(Samples.record(1));
        refused = directory;

        assertThatThrownBy(() -> storages.calls().putIfAbsent(Samples.record(2)))
                .isInstanceOf(StorageException.class)
                .hasMessage(StoreFiles.record(directory, Samples.key(2))
                        + " cannot be written: IOException: Input/output error");
        assertThatThrownBy(() -> storages.values().put(value)).isInstanceOf(StorageException.class);

        assertThat(storages.calls().contains(Samples.key(2))).isFalse();
        assertThat(storages.values().contains(value.address())).isFalse();
        assertThat(StoreFiles.below(directory.resolve("temp"))).hasSize(1);
        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
    }

    @Test
    void aRecordThatCannotBeReplacedForGoodStays() {
        storages.calls().putIfAbsent(Samples.record(1, "first"));
        refused = directory;

        assertThatThrownBy(() -> storages.calls().replace(Samples.record(1, "second")))
                .isInstanceOf(StorageException.class);

        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1, "first"));
        assertThat(StoreFiles.below(directory.resolve("temp"))).hasSize(1);
    }

    @Test
    void aReplacedRecordLeavesNothingAside() {
        storages.calls().putIfAbsent(Samples.record(1, "first"));

        storages.calls().replace(Samples.record(1, "second"));

        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1, "second"));
        assertThat(StoreFiles.below(directory.resolve("temp"))).hasSize(1);
    }

    @Test
    void whatCannotBeKeptAtFirstIsKeptOnceTheDiskIsWell() {
        refused = parent;
        assertThatThrownBy(() -> storages.values().put(value)).isInstanceOf(StorageException.class);
        assertThat(storages.values().find(value.address())).isEqualTo(Lookup.absent());

        refused = Path.of("nothing");
        storages.values().put(value);

        assertThat(written).contains(parent, directory);
        assertThat(Samples.found(storages.values().find(value.address()))).isEqualTo(value);
    }
}
