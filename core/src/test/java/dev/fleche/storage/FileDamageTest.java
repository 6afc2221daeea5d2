package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Value;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every kind to the files of a store: a miss, never another value, never an exception. */
class FileDamageTest {

    private final CallRecord record = Samples.record(1);
    private final Value value = Samples.value(1, 1500);

    @TempDir
    Path directory;

    private Storages storages;
    private Path recordFile;
    private Path valueFile;

    @BeforeEach
    void store() {
        storages = FileStorages.open(directory);
        storages.calls().putIfAbsent(record);
        storages.values().put(value);
        recordFile = StoreFiles.record(directory, record.key());
        valueFile = StoreFiles.value(directory, value.address());
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
    }

    @Test
    void everyFlippedBitOfARecordIsNoticed() throws IOException {
        byte[] sound = Files.readAllBytes(recordFile);
        for (int bit = 0; bit < sound.length * 8; bit++) {
            overwrite(recordFile, flipped(sound, bit));

            assertThat(reason(storages.calls().find(record.key())))
                    .as("bit %s", bit)
                    .isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void everyFlippedBitOfAValueIsNoticed() throws IOException {
        byte[] sound = Files.readAllBytes(valueFile);
        for (int bit = 0; bit < sound.length * 8; bit++) {
            overwrite(valueFile, flipped(sound, bit));

            assertThat(reason(storages.values().find(value.address())))
                    .as("bit %s", bit)
                    .isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        for (int length = (int) Files.size(recordFile) - 1; length >= 0; length--) {
            truncate(recordFile, length);

            assertThat(reason(storages.calls().find(record.key()))).isEqualTo(Reason.DAMAGED);
        }
        for (int length = (int) Files.size(valueFile) - 1; length >= 0; length--) {
            truncate(valueFile, length);

            assertThat(reason(storages.values().find(value.address()))).isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void everyFlippedByteOfAValueIsHealedByStoringItAgain() throws IOException {
        byte[] sound = Files.readAllBytes(valueFile);
        for (int at = 0; at < sound.length; at += 7) {
            overwrite(valueFile, flipped(sound, at * 8));

            storages.values().put(value);

            assertThat(valueFile).hasBinaryContent(sound);
        }
    }

    @Test
    void aTruncatedValueIsHealedByStoringItAgain() throws IOException {
        byte[] sound = Files.readAllBytes(valueFile);
        for (int length = 0; length < sound.length; length += 13) {
            truncate(valueFile, length);

            storages.values().put(value);

            assertThat(valueFile).hasBinaryContent(sound);
        }
    }

    @Test
    void swappedFilesAreDamaged() throws IOException {
        Value other = Samples.value(2, 1500);
        storages.values().put(other);
        storages.calls().putIfAbsent(Samples.record(2));

        swap(valueFile, StoreFiles.value(directory, other.address()));
        swap(recordFile, StoreFiles.record(directory, Samples.key(2)));

        assertThat(reason(storages.values().find(value.address()))).isEqualTo(Reason.DAMAGED);
        assertThat(reason(storages.values().find(other.address()))).isEqualTo(Reason.DAMAGED);
        assertThat(reason(storages.calls().find(record.key()))).isEqualTo(Reason.DAMAGED);
        assertThat(reason(storages.calls().find(Samples.key(2)))).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void aValueWithSoundChecksumsAndAnotherContentIsDamaged() throws IOException {
        byte[] forged = Files.readAllBytes(StoreFiles.value(directory, value.address()));
        forged[ValueFile.HEADER_BYTES + 100] ^= 1;
        CRC32C crc = new CRC32C();
        crc.update(forged, ValueFile.HEADER_BYTES, value.size());
        ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(forged.length - 4, (int) crc.getValue());
        Files.write(valueFile, forged);

        Lookup<Value> lookup = storages.values().find(value.address());

        assertThat(lookup).isInstanceOfSatisfying(Lookup.Miss.class, miss -> {
            assertThat(miss.reason()).isEqualTo(Reason.DAMAGED);
            assertThat(miss.detail()).startsWith(valueFile + " has the address ");
        });
    }

    @Test
    void aValueOfALaterVersionIsLeftToThatVersion() throws IOException {
        byte[] later = Files.readAllBytes(valueFile);
        ByteBuffer fields = ByteBuffer.wrap(later).order(ByteOrder.LITTLE_ENDIAN);
        fields.putShort(4, (short) 2);
        CRC32C crc = new CRC32C();
        crc.update(later, 0, 60);
        fields.putInt(60, (int) crc.getValue());
        Files.write(valueFile, later);

        Lookup<Value> lookup = storages.values().find(value.address());

        assertThat(lookup)
                .isEqualTo(Lookup.miss(
                        Reason.UNDECODABLE,
                        valueFile + " has version 2 and flags 0, which this version of Fleche does not read"));
    }

    @Test
    void aRecordOfUnboundedLengthIsDamagedAndNotRead() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(recordFile.toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThat(reason(storages.calls().find(record.key()))).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void aDirectoryInPlaceOfAFileIsAMissAndARefusal() throws IOException {
        Files.delete(valueFile);
        Files.createDirectories(valueFile.resolve("below"));

        assertThat(reason(storages.values().find(value.address()))).isEqualTo(Reason.UNAVAILABLE);
        assertThatThrownBy(() -> storages.values().put(value))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(valueFile + " cannot be written: ");
    }

    @Test
    void foreignNamesAreNotListed() throws IOException {
        Files.writeString(directory.resolve("calls/README"), "x");
        Files.writeString(recordFile.resolveSibling("x".repeat(62)), "x");
        Files.writeString(valueFile.resolveSibling("short"), "x");

        assertThat(storages.calls().records()).containsExactly(record);
        assertThat(storages.values().addresses()).containsExactly(value.address());
    }

    @Test
    void aLongValueIsCheckedChunkByChunk() throws IOException {
        Value large = Samples.value(3, ValueFile.FULLY_CHECKED_BYTES + 100_000);
        storages.values().put(large);
        Path file = StoreFiles.value(directory, large.address());
        assertThat(Samples.found(storages.values().find(large.address())).encoded())
                .isEqualTo(large.encoded());

        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(10_000_000);
            int old = damaged.read();
            damaged.seek(10_000_000);
            damaged.write(old ^ 1);
        }

        assertThat(reason(storages.values().find(large.address()))).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void aLongValueWithSoundChecksumsAndAnotherContentIsFoundByAVerification() throws IOException {
        Value large = Samples.value(3, ValueFile.FULLY_CHECKED_BYTES + 100_000);
        storages.values().put(large);
        Path file = StoreFiles.value(directory, large.address());
        byte[] forged = Files.readAllBytes(file);
        forged[ValueFile.HEADER_BYTES + 100] ^= 1;
        CRC32C crc = new CRC32C();
        crc.update(forged, ValueFile.HEADER_BYTES, ValueFile.CHUNK_BYTES);
        ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(ValueFile.HEADER_BYTES + large.size(), (int)
                crc.getValue());
        Files.write(file, forged);

        assertThat(storages.values().find(large.address())).isInstanceOf(Lookup.Hit.class);
        assertThat(reason(storages.values().verify(large.address()))).isEqualTo(Reason.DAMAGED);
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(bytes);
        }
    }

    private static void truncate(Path file, int length) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(length);
        }
    }

    private static void swap(Path one, Path two) throws IOException {
        byte[] first = Files.readAllBytes(one);
        Files.write(one, Files.readAllBytes(two));
        Files.write(two, first);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length);
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    private static Reason reason(Lookup<?> lookup) {
        return ((Lookup.Miss<?>) lookup).reason();
    }
}
