package dev.fleche.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to LMDB's own pages. */
class LmdbPagesTest {

    private static final int PAGE_BYTES = 4096;
    private static final int RECORDS = 40;
    private static final int LOWER_AT = 12;
    private static final int TREES_AT = 40;
    private static final int LAST_PAGE_AT = 136;
    private static final int TXN_AT = 144;

    /** A prime number, so that every part of a page is met on some page. */
    private static final int STEP = 97;

    @TempDir
    Path directory;

    private byte[] sound;

    @BeforeEach
    void fill() throws IOException {
        Storages storages = StorageProviders.open(Lmdb.config(directory));
        for (int number = 0; number < RECORDS; number++) {
            storages.values().put(Samples.value(number, 100 * number));
            storages.calls().putIfAbsent(Samples.record(number));
        }
        storages.calls().remove(Samples.key(RECORDS - 1));
        close(storages);
        sound = Files.readAllBytes(data());
    }

    private Path data() {
        return directory.resolve("lmdb/data.mdb");
    }

    private static void close(Storages storages) {
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    /** Opens the store whose file is {@code bytes}, and returns how many of its records are found. */
    private long foundIn(byte[] bytes) throws IOException {
        Files.write(data(), bytes);
        Storages storages = StorageProviders.open(Lmdb.config(directory));
        try {
            long found = LongStream.range(0, RECORDS)
                    .filter(number -> isFound(storages, number))
                    .count();
            storages.calls().replace(Samples.record(0));
            assertThat(isFound(storages, 0)).isTrue();
            storages.upkeep().repair();
            assertThat(storages.upkeep().check()).isEmpty();
            return found;
        } finally {
            close(storages);
        }
    }

    private static boolean isFound(Storages storages, long number) {
        Lookup<?> found = storages.calls().find(Samples.key(number));
        if (found instanceof Lookup.Hit<?> hit) {
            assertThat(hit.value()).isEqualTo(Samples.record(number));
            return true;
        }
        return false;
    }

    @Test
    void aSoundFileKeepsAllThatWasNotRemoved() throws IOException {
        assertThat(foundIn(sound)).isEqualTo(RECORDS - 1);
    }

    @Test
    void aTruncatedFileIsReplacedAndKeepsWhatIsLeft() throws IOException {
        long most = 0;
        for (int length = 1; length < sound.length; length += PAGE_BYTES / 4 + 1) {
            most = Math.max(most, foundIn(Arrays.copyOf(sound, length)));
        }

        assertThat(most).isPositive();
    }

    @Test
    void flippedBytesOfTheFirstPagesNeverEndTheProcess() throws IOException {
        List<Integer> refused = new ArrayList<>();
        for (int page = 0; page < 2; page++) {
            for (int at = 0; at < MetaPage.BYTES; at++) {
                byte[] bytes = sound.clone();
                bytes[page * PAGE_BYTES + at] ^= 0x41;
                try {
                    assertThat(foundIn(bytes))
                            .as("byte " + at + " of page " + page)
                            .isNotNegative();
                } catch (StorageException e) {
                    refused.add(page * PAGE_BYTES + at);
                    assertThat(e).hasMessageContaining("expected a file of LMDB 0.9");
                }
            }
        }

        // the number of the version, which another version of LMDB may have written
        assertThat(refused).containsExactly(20, 21, 22, 23);
    }

    @Test
    void whatLmdbWritesBackAfterAFailedCommitIsNoDamage() throws IOException {
        byte[] bytes = sound.clone();
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int older = file.getLong(TXN_AT) < file.getLong(PAGE_BYTES + TXN_AT) ? 0 : PAGE_BYTES;
        int newer = PAGE_BYTES - older;
        // the trees of the commit that failed, the number and the last page of the one before
        System.arraycopy(bytes, newer + TREES_AT, bytes, older + TREES_AT, LAST_PAGE_AT - TREES_AT);
        file.putLong(older + LAST_PAGE_AT, 3);
        Files.write(data(), bytes);

        List<String> entries = new ArrayList<>();
        assertThat(walk(entries)).isEmpty();
        assertThat(entries).isNotEmpty();
        assertThat(foundIn(bytes)).isEqualTo(RECORDS - 1);
        assertThat(directory.resolve("lmdb/damaged.mdb")).doesNotExist();

        file.putLong(older + LAST_PAGE_AT, file.getLong(newer + LAST_PAGE_AT));
        file.putLong(newer + LAST_PAGE_AT, 3);
        Files.write(data(), bytes);
        try (PageFile damaged = PageFile.open(data())) {
            assertThatThrownBy(damaged::metas).isInstanceOf(DamagedPagesException.class);
        }
    }

    @Test
    void aForeignFileIsReplaced() throws IOException {
        assertThat(foundIn("no file of LMDB's".repeat(1000).getBytes(StandardCharsets.US_ASCII)))
                .isZero();
    }

    @Test
    void everyFlippedByteIsFoundOrChangesNothing() throws IOException {
        List<String> entries = new ArrayList<>();
        assertThat(walk(entries)).isEmpty();
        int found = 0;
        int tried = 0;
        try (RandomAccessFile file = new RandomAccessFile(data().toFile(), "rw")) {
            for (int at = 2 * PAGE_BYTES; at < sound.length; at += STEP) {
                write(file, at, sound[at] ^ 0x10);
                List<String> present = new ArrayList<>();
                tried++;
                if (!walk(present).isEmpty()) {
                    found++;
                } else {
                    assertThat(present).as("byte " + at).isEqualTo(entries);
                }
                write(file, at, sound[at]);
            }
        }

        assertThat(found).isGreaterThan(tried / 4);
    }

    private static void write(RandomAccessFile file, int at, int value) throws IOException {
        file.seek(at);
        file.write(value);
    }

    /** Walks over the file and returns what is damaged, be it pages or entries. */
    private List<String> walk(List<String> entries) throws IOException {
        List<String> damages = new ArrayList<>();
        try (PageFile file = PageFile.open(data())) {
            TermTally terms = new TermTally();
            damages.addAll(PageWalk.damages(file, file.metas().get(0), (name, key, data) -> {
                terms.entry(name, key, data);
                entries.add(name + " " + HexFormat.of().formatHex(key) + " " + Arrays.hashCode(data));
                if (name.equals("terms")) {
                    return;
                }
                Digest digest = Digest.of(Arrays.copyOf(key, Digest.BYTES));
                Lookup<?> read = name.equals("calls")
                        ? EntryBytes.readRecord(data, digest)
                        : ValueEntry.read(data, new Address(digest));
                if (read instanceof Lookup.Miss<?> miss) {
                    damages.add(miss.detail());
                }
            }));
            terms.flaw().ifPresent(damages::add);
        }
        return damages;
    }

    @Test
    void aDamagedPageIsFoundWhileTheStoreIsOpenAndRepaired() throws IOException {
        int leaf = reachedLeaf();
        Storages storages = StorageProviders.open(Lmdb.config(directory));
        try (RandomAccessFile file = new RandomAccessFile(data().toFile(), "rw")) {
            write(file, leaf + LOWER_AT, 0x03);
        }

        List<Flaw> flaws = storages.upkeep().check();
        assertThat(flaws)
                .isNotEmpty()
                .allSatisfy(flaw -> assertThat(flaw.kind()).isEqualTo(Flaw.Kind.ENGINE));
        assertThat(storages.upkeep().repair()).isEqualTo(flaws);

        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(LongStream.range(0, RECORDS)
                        .filter(number -> isFound(storages, number))
                        .count())
                .isBetween(1L, RECORDS - 2L);
        assertThat(storages.calls().putIfAbsent(Samples.record(RECORDS))).isTrue();
        close(storages);
    }

    /** Returns where a leaf with call records begins that the last committed state reaches. */
    private int reachedLeaf() throws IOException {
        List<String> all = new ArrayList<>();
        walk(all);
        for (int at = 2 * PAGE_BYTES; at < sound.length; at += PAGE_BYTES) {
            byte[] bytes = sound.clone();
            bytes[at + LOWER_AT] = 0x03;
            Files.write(data(), bytes);
            List<String> left = new ArrayList<>();
            boolean isReached = !walk(left).isEmpty() && calls(left) > 0 && calls(left) < calls(all);
            Files.write(data(), sound);
            if (isReached) {
                return at;
            }
        }
        throw new AssertionError("no leaf is reached");
    }

    private static long calls(List<String> entries) {
        return entries.stream().filter(entry -> entry.startsWith("calls ")).count();
    }

    @Test
    void whatWasWrittenBeforeTheSystemEndedIsCheckedFirst() throws IOException {
        byte[] bytes = sound.clone();
        bytes[reachedLeaf() + LOWER_AT] = 0x03;
        Path use = directory.resolve("lmdb/use");
        assertThat(Files.readString(use)).startsWith("synced");

        Files.writeString(use, "00000000-0000-0000-0000-000000000000");
        assertThat(foundIn(sound)).isEqualTo(RECORDS - 1);
        assertThat(Files.readString(use)).startsWith("synced");
        Files.writeString(use, "00000000-0000-0000-0000-000000000000");
        assertThat(foundIn(bytes)).isBetween(1L, RECORDS - 2L);
        assertThat(Files.readString(use)).startsWith("synced");
    }
}
