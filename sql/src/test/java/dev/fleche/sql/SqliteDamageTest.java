package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a SQLite database whose bytes are changed from outside. */
class SqliteDamageTest {

    private static final int RECORDS = 40;
    private static final int TRIALS = 150;

    @TempDir
    Path directory;

    @Test
    void whateverBytesChangeNothingWrongIsFoundAndNothingElseIsThrown() throws IOException {
        fill();
        byte[] sound = Files.readAllBytes(file());
        long seed = Long.getLong("dev.fleche.test.seed", 20260103);
        Random random = new Random(seed);
        int missed = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] damaged = sound.clone();
            for (int flips = 1 + random.nextInt(trial % 10 == 0 ? 2000 : 3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            missed += misses(damaged, "trial " + trial + ", seed " + seed);
        }
        assertThat(missed).isPositive();
    }

    @Test
    void ofAFileCutShortNothingWrongIsFound() throws IOException {
        fill();
        byte[] sound = Files.readAllBytes(file());
        for (int length = 0; length < sound.length; length += 1 + sound.length / 60) {
            misses(Arrays.copyOf(sound, length), "length " + length);
        }
    }

    @Test
    void checkFindsDamageOfTheEnginesPages() throws IOException {
        fill();
        byte[] damaged = Files.readAllBytes(file());
        int pages = damaged.length / 4096;
        new Random(1).ints(pages * 20L, 4096, damaged.length).forEach(at -> damaged[at] ^= 0x55);
        Files.write(file(), damaged);

        Storages storages = StorageProviders.open(SqliteFiles.config(directory));
        try {
            assertThat(storages.upkeep().check()).extracting(Flaw::kind).contains(Flaw.Kind.ENGINE);
        } finally {
            close(storages);
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsNotOpenedAndNotTouched() throws IOException {
        fill();
        byte[] foreign = "this is no database, and longer than a head of hundred bytes".repeat(100).getBytes(
                StandardCharsets.US_ASCII);
        Files.write(file(), foreign);

        assertThatThrownBy(() -> StorageProviders.open(SqliteFiles.config(directory)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file().toString());
        assertThat(Files.readAllBytes(file())).isEqualTo(foreign);
    }

    private Path file() {
        return directory.resolve("store.sqlite3");
    }

    private void fill() {
        Storages storages = StorageProviders.open(SqliteFiles.config(directory));
        for (int i = 0; i < RECORDS; i++) {
            storages.values().put(Samples.value(i, 3000));
            storages.calls().putIfAbsent(Samples.record(i, Samples.value(i, 3000)));
        }
        close(storages);
    }

    /** Returns how many of the entries a store with the given bytes misses; those that it finds must be right. */
    private int misses(byte[] bytes, String when) throws IOException {
        for (String suffix : new String[] {"-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(file() + suffix));
        }
        Files.write(file(), bytes);
        Storages storages;
        try {
            storages = StorageProviders.open(SqliteFiles.config(directory));
        } catch (StorageException e) {
            return RECORDS;
        }
        try {
            return missesOf(storages, when);
        } finally {
            close(storages);
        }
    }

    private static int missesOf(Storages storages, String when) {
        int misses = 0;
        for (int i = 0; i < RECORDS; i++) {
            CallRecord expected = Samples.record(i, Samples.value(i, 3000));
            misses += check(storages.calls().find(expected.key()), expected, when);
            misses += check(
                    storages.values().find(Samples.value(i, 3000).address()), Samples.value(i, 3000), when);
        }
        try (Stream<CallRecord> records = storages.calls().records()) {
            records.forEach(record -> assertThat(record.key()).as(when).isInstanceOf(Digest.class));
            storages.calls().replace(Samples.record(1));
            storages.calls().putIfAbsent(Samples.record(RECORDS + 1));
        } catch (StorageException e) {
            // the engine refuses what it finds damaged
            misses++;
        }
        return misses;
    }

    private static <T> int check(Lookup<T> found, T expected, String when) {
        if (found instanceof Lookup.Hit<T> hit) {
            assertThat(hit.value()).as(when).isEqualTo(expected);
            return 0;
        }
        return 1;
    }

    private static void close(Storages storages) {
        storages.calls().close();
        storages.values().close();
    }
}
