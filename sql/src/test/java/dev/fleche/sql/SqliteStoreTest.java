package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.Fleche;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Samples;
import dev.fleche.testing.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    @SuppressWarnings("unused")
    static String joined(String text, int count) {
        RUNS.incrementAndGet();
        return text.repeat(count);
    }

    @Test
    void aMemoFindsWhatItStoredAlsoAfterTheDirectoryIsOpenedByItsMarker() {
        Memo2<String, Integer, String> memo = Fleche.of(SqliteStoreTest::joined);
        int before = RUNS.get();
        try (Cache cache = Sql.open(directory)) {
            assertThat(memo.in(cache).apply("ab", 3000)).hasSize(6000);
        }
        try (Cache cache = Cache.open(directory)) {
            assertThat(memo.in(cache).apply("ab", 3000)).hasSize(6000);

            assertThat(cache.config().orElseThrow().type()).isEqualTo("sqlite");
        }
        assertThat(RUNS.get()).isEqualTo(before + 1);
    }

    @Test
    void aDirectoryMayHaveAnyName() {
        Path odd = directory.resolve("what? a%20 & #name é=1");
        try (Cache cache = Sql.open(odd)) {
            assertThat(cache.query().count()).isZero();
        }
        assertThat(odd.resolve("store.sqlite3")).isNotEmptyFile();
    }

    @Test
    void aFileStoreIsRefused() {
        try (Cache files = Cache.files(directory)) {
            assertThat(files.query().count()).isZero();
        }

        assertThatThrownBy(() -> Sql.open(directory)).isInstanceOf(StorageException.class);
    }

    @Test
    void aNewerFormatIsRefused() throws SQLException {
        close(open());
        try (Connection connection = SqliteFiles.connect(directory)) {
            StoredRows.execute(connection, "UPDATE fleche_store SET value = '2' WHERE name = 'format'");
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("found format 2; open it with a newer version of Fleche");
    }

    @Test
    void manyThreadsOpenANewStoreAtOnce() {
        Threads.inParallel(6, thread -> {
            Storages storages = open();
            assertThat(storages.calls().putIfAbsent(Samples.record(thread))).isTrue();
            close(storages);
        });

        Storages storages = open();
        assertThat(storages.calls().keys()).hasSize(6);
        close(storages);
    }

    @Test
    void manyProcessesOpenANewStoreAtOnce() {
        List<ChildJvm> children = new ArrayList<>();
        try {
            IntStream.range(0, 4)
                    .forEach(i -> children.add(ChildJvm.running(Opener.class, directory, i).start()));
            children.forEach(ChildJvm::result);
        } finally {
            children.forEach(ChildJvm::close);
        }

        Storages storages = open();
        assertThat(storages.calls().keys()).hasSize(4);
        close(storages);
    }

    /** A process that opens a store and stores one record. */
    static final class Opener {

        private Opener() {}

        public static void main(String[] arguments) {
            Storages storages = StorageProviders.open(SqliteFiles.config(Path.of(arguments[0])));
            storages.calls().putIfAbsent(Samples.record(Long.parseLong(arguments[1])));
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void theJournalIsWrittenAheadOnALocalFileSystem() throws SQLException {
        close(open());

        try (Connection connection = SqliteFiles.connect(directory)) {
            assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
        }
        assertThat(NetworkFiles.isNetwork("nfs4")).isTrue();
        assertThat(NetworkFiles.isNetwork("fuse.sshfs")).isTrue();
        assertThat(NetworkFiles.isNetwork("ext4")).isFalse();
        assertThat(NetworkFiles.isNetwork("overlay")).isFalse();
    }

    @Test
    void durabilityIsWhatAConnectionWaitsFor() {
        CacheConfig durable =
                SqliteFiles.config(directory).with(CacheConfig.DURABILITY, Durability.DURABLE.toString());
        Storages storages = StorageProviders.open(durable);
        storages.calls().putIfAbsent(Samples.record(1));
        close(storages);

        assertThatThrownBy(() -> StorageProviders.open(durable.with(CacheConfig.DURABILITY, "eternal")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StorageProviders.open(durable.with("url", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("url");
    }

    @Test
    void upkeepFindsAndRemovesRowsWithoutAnOwnerAndAddsLostTerms() throws SQLException {
        Storages storages = open();
        IntStream.range(0, 5).forEach(number -> storages.calls().putIfAbsent(Samples.record(number)));
        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(storages.upkeep().sizeBytes()).isGreaterThan(4096);
        try (Connection connection = SqliteFiles.connect(directory)) {
            StoredRows.execute(connection, "DELETE FROM fleche_term WHERE call_id = 2");
            StoredRows.execute(connection, "INSERT INTO fleche_term (term, call_id) VALUES (1, 999)");
            StoredRows.execute(connection, "INSERT INTO fleche_value_part VALUES (999, 1, x'00')");
            StoredRows.execute(
                    connection, "INSERT INTO fleche_value (address, stored, parts, bytes) VALUES (x'00', 0, 0, x'00')");
        }

        List<Flaw> flaws = storages.upkeep().check();

        assertThat(flaws)
                .extracting(Flaw::kind)
                .containsExactlyInAnyOrder(
                        Flaw.Kind.FOREIGN, Flaw.Kind.LEFT_BEHIND, Flaw.Kind.LEFT_BEHIND, Flaw.Kind.LEFT_BEHIND);
        assertThat(storages.upkeep().repair()).hasSameSizeAs(flaws);
        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(storages.calls().keys()).hasSize(5);
        close(storages);
    }

    @Test
    void recordsThatAreLongerThanARowAreKeptInParts() {
        Storages storages = open();
        String tag = "long".repeat(100_000);
        storages.calls().putIfAbsent(Samples.record(1, tag));
        storages.calls().replace(Samples.record(1, tag + "er"));

        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1, tag + "er"));
        assertThat(storages.calls().remove(Samples.key(1))).isTrue();
        assertThat(storages.upkeep().check()).isEmpty();
        close(storages);
    }

    @Test
    void theFilesAreTheOwnersAlone() throws IOException {
        close(open());

        assertThat(Files.getPosixFilePermissions(directory)).hasSizeLessThanOrEqualTo(3);
    }

    private Storages open() {
        return StorageProviders.open(SqliteFiles.config(directory));
    }

    private static void close(Storages storages) {
        storages.calls().close();
        storages.values().close();
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        return new Session(Dialect.SQLITE, connection)
                .query("PRAGMA " + name, row -> row.getString(1))
                .get(0);
    }
}
