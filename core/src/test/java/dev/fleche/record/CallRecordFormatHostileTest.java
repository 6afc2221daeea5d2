package dev.fleche.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.fleche.codec.CodecException;
import dev.fleche.digest.Digest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What bytes that nobody should have written do to the reader: a {@link CodecException}, never anything else. */
class CallRecordFormatHostileTest {

    private static final byte[] FULL = CallRecordFormat.encode(Records.full(1));
    private static final byte[] SMALL = CallRecordFormat.encode(Records.small(1));

    @Test
    void everyFlippedBitIsSeen() {
        for (byte[] sound : List.of(FULL, SMALL)) {
            for (int bit = 0; bit < 8 * sound.length; bit++) {
                byte[] damaged = sound.clone();
                damaged[bit / 8] ^= (byte) (1 << (bit % 8));

                assertThat(outcome(damaged)).as("bit %d", bit).isEqualTo("refused");
            }
        }
    }

    @Test
    void everyTruncationIsSeen() {
        for (int length = 0; length < FULL.length; length++) {
            assertThat(outcome(Arrays.copyOf(FULL, length)))
                    .as("length %d", length)
                    .isEqualTo("refused");
        }
    }

    @Test
    void everyExtensionIsSeen() {
        for (int more = 1; more < 100; more++) {
            byte[] longer = Arrays.copyOf(FULL, FULL.length + more);
            byte[] twice = Arrays.copyOf(longer, longer.length);
            System.arraycopy(FULL, 0, twice, FULL.length, more);

            assertThat(outcome(longer)).as("%d zeros more", more).isEqualTo("refused");
            assertThat(outcome(twice))
                    .as("%d bytes of another record more", more)
                    .isEqualTo("refused");
        }
    }

    @Test
    void everyFlippedBitUnderAForgedDigestIsRefusedOrARecord() {
        for (byte[] sound : List.of(FULL, SMALL)) {
            for (int bit = 0; bit < 8 * (sound.length - Digest.BYTES); bit++) {
                byte[] forged = sound.clone();
                forged[bit / 8] ^= (byte) (1 << (bit % 8));
                CallRecordFormat.seal(forged);

                assertThat(outcome(forged)).as("bit %d", bit).isIn("refused", "read");
            }
        }
    }

    @Test
    void everyTruncationUnderAForgedDigestIsRefused() {
        // without its last field the full record lacks the Java version
        for (int length = Digest.BYTES; length < FULL.length; length++) {
            byte[] forged = Arrays.copyOf(FULL, length);
            CallRecordFormat.seal(forged);

            assertThat(outcome(forged)).as("length %d", length).isEqualTo("refused");
        }
    }

    @Test
    void randomBytesUnderAForgedDigestAreRefusedOrARecord() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] forged = FULL.clone();
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                int at = 8 + random.nextInt(forged.length - 8);
                forged[at] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
            }
            CallRecordFormat.seal(forged);

            assertThat(outcome(forged)).as("seed %d", seed).isIn("refused", "read");
        }
    }

    @Test
    void hugeCountsAndLengthsAllocateNothing() {
        for (int huge : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 1 << 20, 1000}) {
            for (int at = CallRecordFormat.HEAD_BYTES; at < FULL.length - Digest.BYTES - 4; at++) {
                byte[] forged = FULL.clone();
                for (int i = 0; i < 4; i++) {
                    forged[at + i] = (byte) (huge >>> (8 * i));
                }
                CallRecordFormat.seal(forged);

                assertThat(allocated(forged)).as("%d at byte %d", huge, at).isLessThan(100_000);
            }
        }
    }

    @Test
    void theDensestRecordsAllocateAMultipleOfTheirLength() {
        int count = 1 << 20;
        byte[] emptyTypes = forge(writer -> {
            int start = writer.begin(RecordField.FUNCTION.tag());
            writer.writeText("A", "");
            writer.writeText("f", "");
            writer.writeInt(count);
            writer.writeRaw(new byte[4 * count]);
            writer.end(start);
        });
        byte[] emptyFields = forge(writer -> {
            for (int i = 0; i < count; i++) {
                writer.end(writer.begin(11));
            }
        });
        byte[] arguments = forge(writer -> {
            int start = writer.begin(RecordField.ARGUMENTS.tag());
            writer.writeInt(count / 4);
            for (int i = 0; i < count / 4; i++) {
                writer.writeText("", "");
                writer.writeDigest(Records.digest(i));
                writer.writeByte(CallRecordFormat.NOT_STORED);
            }
            writer.end(start);
        });
        byte[] tags = forge(writer -> {
            int start = writer.begin(RecordField.TAGS.tag());
            writer.writeInt(count / 4);
            for (int i = 0; i < count / 4; i++) {
                writer.writeText(Integer.toString(i, 36), "");
                writer.writeText("", "");
            }
            writer.end(start);
        });

        for (byte[] dense : List.of(emptyTypes, emptyFields, arguments, tags)) {
            assertThat(allocated(dense) / dense.length).isLessThan(CallRecordFormat.MAX_ALLOCATED_PER_BYTE);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsPlace() {
        assertRefused(
                forge(writer -> writer.end(writer.begin(1)), RecordField.KEY),
                "expected 32 bytes at byte 14 of the call record, found 0");
        assertRefused(
                forge(writer -> writeField(writer, 1, new byte[33]), RecordField.KEY),
                "expected a field of the call record to end at byte 46, found 1 bytes more");
        assertRefused(
                forge(writer -> writeField(writer, 3, new byte[] {'a', (byte) 0xC0})),
                "expected UTF-8 at bytes 14 to 16 of the call record");
        assertRefused(
                forge(writer -> writeField(writer, 9, new byte[] {1, 0, 0, 0})),
                "expected a count of at most 0 at byte 14 of the call record, found 1");
        assertRefused(
                forge(writer -> writeField(writer, 3, new byte[0]), RecordField.TIMES),
                "expected a call record with the field TIMES, found none");
        assertRefused(
                forge(writer -> writeField(writer, 3, new byte[0]), RecordField.RESULT),
                "expected a call record with the field RESULT, found none");
        assertRefused(
                forge(writer -> {
                    writer.writeShort(20);
                    writer.writeInt(-1);
                }),
                "expected a length of at most 161 at byte 10 of the call record, found 4294967295");
        assertRefused(
                forge(writer -> writeField(writer, 0, new byte[0])),
                "expected the tag of a field at byte 8 of the call record, found 0");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertRefused(
                forge(writer -> writeField(writer, 6, new byte[] {2}), RecordField.RESULT),
                "expected a call record with a stored result, found one without");
        assertRefused(
                forge(writer -> writeField(writer, 6, new byte[] {3}), RecordField.RESULT),
                "expected 0, 1 or 2 for where a value is, at byte 14 of the call record, found 3");
        assertRefused(
                forge(writer -> writeField(writer, 6, separate(-1)), RecordField.RESULT),
                "expected the size of the value " + "00".repeat(32)
                        + " in the call record to be zero or more, found -1");
        assertRefused(
                forge(writer -> writeField(writer, 6, new byte[] {0, 1, 0, 0, 0, 9}), RecordField.RESULT),
                "expected a value of at least 16 bytes, found 1");
        assertRefused(
                forge(writer -> writeTimes(writer, Long.MAX_VALUE, 0, 0), RecordField.TIMES),
                "expected a time in the call record, found 9223372036854775807 s and 0 ns");
        assertRefused(
                forge(writer -> writeTimes(writer, 0, 1_000_000_000, 0), RecordField.TIMES),
                "expected a time in the call record, found 0 s and 1000000000 ns");
        assertRefused(
                forge(writer -> writeTimes(writer, 0, 0, -5), RecordField.TIMES),
                "expected a wall time of zero or more in the call record, found -5 ns");
    }

    @Test
    void whatStandsTwiceIsRefused() {
        byte[] twoVersions = forge(writer -> {
            writeField(writer, 3, new byte[] {'1'});
            writeField(writer, 3, new byte[] {'1'});
        });
        byte[] twoTags = forge(writer -> {
            int start = writer.begin(RecordField.TAGS.tag());
            writer.writeInt(2);
            for (String text : List.of("a", "1", "a", "2")) {
                writer.writeText(text, "");
            }
            writer.end(start);
        });

        assertRefused(twoVersions, "expected one field VERSION in the call record, found another at byte 15");
        assertRefused(twoTags, "expected each tag once in the call record, found two \"a\"");
    }

    @Test
    void foreignHeadsAreRefused() {
        byte[] magic = FULL.clone();
        magic[3] = 'X';
        byte[] version = FULL.clone();
        version[4] = 2;
        byte[] compressed = FULL.clone();
        compressed[6] = 1;
        byte[] signed = FULL.clone();
        signed[6] = 2;
        byte[] later = FULL.clone();
        later[7] = 1;
        List.of(magic, version, compressed, signed, later).forEach(CallRecordFormat::seal);
        String remedy = "; read it with the version of Fleche that wrote it";

        assertRefused(magic, "expected a call record, which starts with FLCR, found something else");
        assertRefused(version, "expected a call record of format 1, found format 2" + remedy);
        assertRefused(compressed, "expected a call record without flags, found flag 0 (compressed)" + remedy);
        assertRefused(signed, "expected a call record without flags, found flag 1 (signed)" + remedy);
        assertRefused(later, "expected a call record without flags, found flag 8" + remedy);
    }

    @Test
    void damageIsReportedAsSuch() {
        byte[] damaged = SMALL.clone();
        damaged[20] ^= 1;

        assertRefused(
                damaged,
                "expected a call record that ends in the SHA-256 of the bytes before, found " + SMALL.length
                        + " bytes that do not; it is damaged, half-written or foreign");
        assertRefused(
                new byte[39], "expected a call record of at least 40 bytes, found 39; it is half-written or foreign");
        assertRefused(
                new byte[CallRecordFormat.MAX_BYTES + 1],
                "expected a call record of at most 16777216 bytes, found 16777217");
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> CallRecordFormat.decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessage(message);
    }

    private static String outcome(byte[] bytes) {
        Throwable thrown = catchThrowable(() -> CallRecordFormat.decode(bytes));
        return thrown == null ? "read" : thrown.getClass() == CodecException.class ? "refused" : thrown.toString();
    }

    /** Returns a sealed record of what {@code content} writes first, then the mandatory fields that are not in it. */
    private static byte[] forge(Consumer<RecordWriter> content, RecordField... left) {
        RecordWriter writer = new RecordWriter();
        writer.writeRaw("FLCR".getBytes(StandardCharsets.US_ASCII));
        writer.writeShort(CallRecordFormat.VERSION);
        writer.writeShort(0);
        content.accept(writer);
        List<RecordField> leftOut = List.of(left);
        writeMandatory(writer, leftOut);
        byte[] bytes = writer.toBytes(Digest.BYTES);
        CallRecordFormat.seal(bytes);
        return bytes;
    }

    private static void writeMandatory(RecordWriter writer, List<RecordField> leftOut) {
        RecordReader small = new RecordReader(SMALL, CallRecordFormat.HEAD_BYTES, SMALL.length - Digest.BYTES);
        while (small.remaining() > 0) {
            int tag = small.readShort();
            byte[] content = small.readBytes();
            if (leftOut.stream().noneMatch(field -> field.tag() == tag)) {
                writeField(writer, tag, content);
            }
        }
    }

    private static void writeField(RecordWriter writer, int tag, byte[] content) {
        int start = writer.begin(tag);
        writer.writeRaw(content);
        writer.end(start);
    }

    private static void writeTimes(RecordWriter writer, long seconds, int nanos, long wallNanos) {
        int start = writer.begin(RecordField.TIMES.tag());
        for (int i = 0; i < 2; i++) {
            writer.writeLong(seconds);
            writer.writeInt(nanos);
        }
        writer.writeLong(wallNanos);
        writer.end(start);
    }

    private static byte[] separate(long sizeBytes) {
        RecordWriter writer = new RecordWriter();
        writer.writeByte(CallRecordFormat.SEPARATE);
        writer.writeRaw(new byte[Digest.BYTES]);
        writer.writeLong(sizeBytes);
        return writer.toBytes(0);
    }

    /** Returns how many bytes this thread allocates while {@code bytes} are decoded. */
    private static long allocated(byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        outcome(bytes);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
