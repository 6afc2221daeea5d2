package dev.fleche.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LmdbTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    private static int square(int a) {
        RUNS.incrementAndGet();
        return a * a;
    }

    @Test
    void aCallIsFoundAgainByTheMarkerOfTheDirectory() {
        Memo1<Integer, Integer> square = Fleche.of(LmdbTest::square);
        Path store = directory.resolve("store");
        try (Cache cache = Lmdb.open(store)) {
            square.in(cache).apply(12);
        }
        int before = RUNS.get();

        try (Cache cache = Cache.open(store)) {
            assertThat(square.in(cache).apply(12)).isEqualTo(144);
            assertThat(cache.config()).contains(Lmdb.config(store));
        }
        assertThat(RUNS).hasValue(before);
    }

    @Test
    void severalHandlesOnADirectoryAreOneStore() {
        try (Cache one = Lmdb.open(directory);
                Cache two = Cache.open(directory)) {
            Fleche.of(LmdbTest::square).in(one).apply(3);

            assertThat(two.contains(Fleche.of(LmdbTest::square).digest(3))).isTrue();
        }
    }

    @Test
    void aDirectoryOfFilesIsRefused() {
        Cache.files(directory).close();

        assertThatThrownBy(() -> Lmdb.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("expected a store of type lmdb in " + directory + ", found type files");
    }

    @Test
    void aSecondOpeningBesideTheFirstIsRefusedAndHarmsNothing() {
        Storages first = StorageProviders.open(Lmdb.config(directory));

        assertThatThrownBy(() -> StorageProviders.open(Lmdb.config(directory)))
                .isInstanceOf(StorageException.class)
                .hasMessage("expected the environment of " + directory.resolve("lmdb/use")
                        + " to be closed, found it open in this JVM, perhaps"
                        + " by another copy of Fleche; LMDB allows one: close the other caches (Cache.close()), or"
                        + " load the library once");

        assertThat(first.calls().putIfAbsent(Samples.record(1))).isTrue();
        close(first);
        Storages second = StorageProviders.open(Lmdb.config(directory));
        assertThat(Samples.found(second.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
        close(second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxBytes|many|expected a number of bytes as option maxBytes of type lmdb, found \"many\"",
                "maxBytes|1000|expected from 1048576 to 9223372036854775807 bytes as option maxBytes of type lmdb, found 1000",
                "largeValueBytes|-1|expected from 0 to 1073741824 bytes as option largeValueBytes of type lmdb, found -1",
                "durability|safe|expected fast or durable as option durability of type lmdb, found \"safe\"",
                "size|3|option size is unknown to storages of type lmdb; known: durability, largeValueBytes, maxBytes, path"
            })
    void anOptionThatCannotBeIsRefused(String name, String value, String message) {
        CacheConfig config = Lmdb.config(directory.resolve("store")).with(name, value);

        assertThatThrownBy(() -> StorageProviders.open(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void aConfigurationWithoutADirectoryIsRefused() {
        assertThatThrownBy(() -> StorageProviders.open(CacheConfig.of("lmdb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the option path for storages of type lmdb: the store's directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs4", "cifs", "smb3", "lustre", "gpfs", "fuse.sshfs", "9p", "beegfs", "NFS"})
    void aNetworkFileSystemIsRefusedWithTheWayOut(String type) {
        assertThatThrownBy(() -> LocalDisk.require(directory, type))
                .isInstanceOf(StorageException.class)
                .hasMessage("expected a directory on a local disk for LMDB, found " + directory
                        + " on a file system of type " + type
                        + ", where its processes would not see each other; use Cache.files, which may be there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "apfs", "NTFS", "fuseblk"})
    void aLocalFileSystemIsNone(String type) {
        assertThat(LocalDisk.isNetwork(type)).isFalse();
    }

    @Test
    void theFilesAreForTheOwnerAlone() throws Exception {
        close(StorageProviders.open(Lmdb.config(directory.resolve("store"))));

        for (String name : new String[] {"data.mdb", "lock.mdb", "use"}) {
            Path file = directory.resolve("store/lmdb").resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theFilesAreForTheGroupThatTheDirectoryIsSharedWith() throws Exception {
        Path store = Files.createDirectory(directory.resolve("store"));
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwx---"));
        close(StorageProviders.open(Lmdb.config(store)));

        for (String name : new String[] {"data.mdb", "lock.mdb", "use"}) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(store.resolve("lmdb").resolve(name))))
                    .isEqualTo("rw-rw----");
        }
    }

    private static void close(Storages storages) {
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }
}
