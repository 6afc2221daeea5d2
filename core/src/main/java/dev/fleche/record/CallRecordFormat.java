package dev.fleche.record;

import dev.fleche.codec.CodecException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The stored form of call records: a head, tagged fields, and the SHA-256 of all of it.
 *
 * <p>The same record always gives the same bytes. {@code docs/format.md} describes them.
 */
public final class CallRecordFormat {

    /** The length in bytes that no record exceeds. */
    public static final int MAX_BYTES = 16 << 20;

    /** What decoding allocates at most for each byte of a record. */
    static final int MAX_ALLOCATED_PER_BYTE = 20;

    static final int VERSION = 1;
    static final int HEAD_BYTES = 8;
    static final int INLINE = 0;
    static final int SEPARATE = 1;
    static final int NOT_STORED = 2;

    private static final byte[] MAGIC = "FLCR".getBytes(StandardCharsets.US_ASCII);
    private static final String[] FLAGS = {"compressed", "signed"};

    private CallRecordFormat() {}

    /**
     * Returns the stored form of {@code record}.
     *
     * @throws CodecException if it would be longer than {@link #MAX_BYTES}, or holds what the format cannot express:
     *     half a surrogate pair, a negative or a centuries-long wall time, an unknown field with a known tag
     */
    public static byte[] encode(CallRecord record) {
        RecordWriter writer = new RecordWriter();
        writer.writeRaw(MAGIC);
        writer.writeShort(VERSION);
        writer.writeShort(0);
        writeIdentity(writer, record);
        writeValues(writer, record);
        writeCircumstances(writer, record);
        for (CallRecord.UnknownField field : record.unknownFields()) {
            writeUnknown(writer, field);
        }
        byte[] bytes = writer.toBytes(Digest.BYTES);
        seal(bytes);
        return bytes;
    }

    /**
     * Returns the record of {@code expectedKey} whose stored form is {@code bytes}.
     *
     * @throws CodecException if the bytes are not a sound record, or one of another key
     */
    public static CallRecord decode(byte[] bytes, Digest expectedKey) {
        Objects.requireNonNull(expectedKey, "expectedKey");
        CallRecord record = decode(bytes);
        if (!record.key().equals(expectedKey)) {
            throw new CodecException("expected the call record of key " + expectedKey + ", found that of key "
                    + record.key() + "; it was moved here from another place");
        }
        return record;
    }

    /**
     * Returns the record whose stored form is {@code bytes}.
     *
     * <p>The SHA-256 at the end is checked before anything else is read. Allocates at most 20 bytes for each byte of
     * the stored form.
     *
     * @throws CodecException if the bytes are not a sound record
     */
    public static CallRecord decode(byte[] bytes) {
        checkLength(bytes.length);
        checkDigest(bytes);
        checkHead(bytes);
        return new RecordDecoder(new RecordReader(bytes, HEAD_BYTES, bytes.length - Digest.BYTES)).decode();
    }

    /** Returns whether {@code bytes} are sound, and a record that this version does not read: of another format. */
    public static boolean isOfOtherFormat(byte[] bytes) {
        try {
            checkLength(bytes.length);
            checkDigest(bytes);
        } catch (CodecException e) {
            return false;
        }
        RecordReader head = new RecordReader(bytes, 0, HEAD_BYTES);
        for (byte expected : MAGIC) {
            if (head.readByte() != expected) {
                return false;
            }
        }
        return head.readShort() != VERSION || head.readShort() != 0;
    }

    /** Puts the SHA-256 of the bytes before into the last 32 bytes. */
    static void seal(byte[] bytes) {
        int end = bytes.length - Digest.BYTES;
        MessageDigest sha256 = Sha256.create();
        sha256.update(bytes, 0, end);
        try {
            sha256.digest(bytes, end, Digest.BYTES);
        } catch (DigestException e) {
            throw new AssertionError("a SHA-256 has 32 bytes", e);
        }
    }

    private static void writeIdentity(RecordWriter writer, CallRecord record) {
        writeDigest(writer, RecordField.KEY, record.key());
        int start = writer.begin(RecordField.FUNCTION.tag());
        FunctionId function = record.function();
        writer.writeText(function.className(), "class name");
        writer.writeText(function.methodName(), "method name");
        writer.writeInt(function.parameterTypes().size());
        for (String type : function.parameterTypes()) {
            writer.writeText(type, "parameter types");
        }
        writer.end(start);
        if (record.version().isPresent()) {
            writeText(writer, RecordField.VERSION, record.version().get(), "version");
        }
        if (record.codeDigest().isPresent()) {
            writeDigest(writer, RecordField.CODE_DIGEST, record.codeDigest().get());
        }
    }

    private static void writeValues(RecordWriter writer, CallRecord record) {
        int start = writer.begin(RecordField.ARGUMENTS.tag());
        writer.writeInt(record.arguments().size());
        for (RecordedArgument argument : record.arguments()) {
            writer.writeText(argument.name(), "name of an argument");
            writer.writeDigest(argument.digest());
            writeStored(writer, argument.value());
        }
        writer.end(start);
        start = writer.begin(RecordField.RESULT.tag());
        writeStored(writer, record.result());
        writer.end(start);
        if (record.resultDigest().isPresent()) {
            writeDigest(writer, RecordField.RESULT_DIGEST, record.resultDigest().get());
        }
    }

    private static void writeCircumstances(RecordWriter writer, CallRecord record) {
        int start = writer.begin(RecordField.TIMES.tag());
        writeInstant(writer, record.start());
        writeInstant(writer, record.stop());
        writer.writeLong(toNanos(record.wallTime()));
        writer.end(start);
        if (!record.tags().isEmpty()) {
            start = writer.begin(RecordField.TAGS.tag());
            writer.writeInt(record.tags().size());
            for (Map.Entry<String, String> tag : record.tags().entrySet()) {
                writer.writeText(tag.getKey(), "name of a tag");
                writer.writeText(tag.getValue(), "value of a tag");
            }
            writer.end(start);
        }
        writeText(writer, RecordField.JAVA_VERSION, record.javaVersion(), "Java version");
        if (record.computedBy().isPresent()) {
            writeDigest(writer, RecordField.COMPUTED_BY, record.computedBy().get());
        }
    }

    private static void writeUnknown(RecordWriter writer, CallRecord.UnknownField field) {
        if (field.tag() < 1 || field.tag() > 0xFFFF || RecordField.ofTag(field.tag()) != null) {
            throw new CodecException("expected an unknown field with a tag from " + (RecordField.values().length + 1)
                    + " to 65535, found " + field.tag());
        }
        int start = writer.begin(field.tag());
        writer.writeRaw(field.content());
        writer.end(start);
    }

    private static void writeDigest(RecordWriter writer, RecordField field, Digest digest) {
        int start = writer.begin(field.tag());
        writer.writeDigest(digest);
        writer.end(start);
    }

    private static void writeText(RecordWriter writer, RecordField field, String text, String what) {
        int start = writer.begin(field.tag());
        writer.writeRawText(text, what);
        writer.end(start);
    }

    private static void writeStored(RecordWriter writer, StoredValue stored) {
        if (stored instanceof StoredValue.Inline inline) {
            writer.writeByte(INLINE);
            writer.writeBytes(inline.value().encoded());
        } else if (stored instanceof StoredValue.Separate separate) {
            writer.writeByte(SEPARATE);
            writer.writeDigest(separate.address().sha256());
            writer.writeLong(separate.sizeBytes());
        } else {
            writer.writeByte(NOT_STORED);
        }
    }

    private static void writeInstant(RecordWriter writer, Instant instant) {
        writer.writeLong(instant.getEpochSecond());
        writer.writeInt(instant.getNano());
    }

    private static long toNanos(Duration wallTime) {
        try {
            long nanos = wallTime.toNanos();
            if (nanos >= 0) {
                return nanos;
            }
        } catch (ArithmeticException e) {
            throw new CodecException("expected a wall time of at most 292 years, found " + wallTime, e);
        }
        throw new CodecException("expected a wall time of zero or more, found " + wallTime);
    }

    private static void checkLength(int length) {
        if (length > MAX_BYTES) {
            throw new CodecException("expected a call record of at most " + MAX_BYTES + " bytes, found " + length);
        }
        if (length < HEAD_BYTES + Digest.BYTES) {
            throw new CodecException("expected a call record of at least " + (HEAD_BYTES + Digest.BYTES)
                    + " bytes, found " + length + "; it is half-written or foreign");
        }
    }

    private static void checkDigest(byte[] bytes) {
        int end = bytes.length - Digest.BYTES;
        MessageDigest sha256 = Sha256.create();
        sha256.update(bytes, 0, end);
        if (!Arrays.equals(sha256.digest(), 0, Digest.BYTES, bytes, end, bytes.length)) {
            throw new CodecException("expected a call record that ends in the SHA-256 of the bytes before, found "
                    + bytes.length + " bytes that do not; it is damaged, half-written or foreign");
        }
    }

    private static void checkHead(byte[] bytes) {
        RecordReader head = new RecordReader(bytes, 0, HEAD_BYTES);
        for (byte expected : MAGIC) {
            if (head.readByte() != expected) {
                throw new CodecException("expected a call record, which starts with FLCR, found something else");
            }
        }
        int version = head.readShort();
        if (version != VERSION) {
            throw new CodecException("expected a call record of format " + VERSION + ", found format " + version
                    + "; read it with the version of Fleche that wrote it");
        }
        int flags = head.readShort();
        if (flags != 0) {
            int flag = Integer.numberOfTrailingZeros(flags);
            throw new CodecException("expected a call record without flags, found flag " + flag
                    + (flag < FLAGS.length ? " (" + FLAGS[flag] + ")" : "")
                    + "; read it with the version of Fleche that wrote it");
        }
    }
}
