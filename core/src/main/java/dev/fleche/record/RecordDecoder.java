package dev.fleche.record;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reading of one call record's fields, in whatever order they stand. Not thread-safe; confined to one call. */
final class RecordDecoder {

    private static final int MIN_TEXT = Integer.BYTES;
    private static final int MIN_ARGUMENT = MIN_TEXT + Digest.BYTES + Byte.BYTES;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final StoredValue NOT_STORED = new StoredValue.NotStored();

    private final RecordReader reader;
    private int present;
    private @Nullable Digest key;
    private @Nullable FunctionId function;
    private @Nullable String version;
    private @Nullable Digest codeDigest;
    private @Nullable Digest computedBy;
    private List<RecordedArgument> arguments = List.of();
    private @Nullable StoredValue result;
    private @Nullable Digest resultDigest;
    private Instant start = Instant.EPOCH;
    private Instant stop = Instant.EPOCH;
    private Duration wallTime = Duration.ZERO;
    private Map<String, String> tags = Map.of();
    private String javaVersion = "";
    private List<CallRecord.UnknownField> unknownFields = List.of();

    RecordDecoder(RecordReader reader) {
        this.reader = reader;
    }

    CallRecord decode() {
        while (reader.remaining() > 0) {
            readField();
        }
        RecordField missing = RecordField.missing(present);
        if (missing != null) {
            throw new CodecException("expected a call record with the field " + missing + ", found none");
        }
        return new CallRecord(
                Objects.requireNonNull(key, "key"),
                Objects.requireNonNull(function, "function"),
                Optional.ofNullable(version),
                Optional.ofNullable(codeDigest),
                Optional.ofNullable(computedBy),
                arguments,
                Objects.requireNonNull(result, "result"),
                Optional.ofNullable(resultDigest),
                start,
                stop,
                wallTime,
                tags,
                javaVersion,
                unknownFields);
    }

    private void readField() {
        int at = reader.position();
        int tag = reader.readShort();
        int outer = reader.enter();
        RecordField field = RecordField.ofTag(tag);
        if (field != null) {
            if ((present & field.bit()) != 0) {
                throw new CodecException(
                        "expected one field " + field + " in the call record, found another at byte " + at);
            }
            present |= field.bit();
            readKnown(field);
        } else if (tag == 0) {
            throw new CodecException("expected the tag of a field at byte " + at + " of the call record, found 0");
        } else {
            if (unknownFields.isEmpty()) {
                unknownFields = new ArrayList<>();
            }
            unknownFields.add(new CallRecord.UnknownField(tag, reader.readRest()));
        }
        reader.leave(outer);
    }

    private void readKnown(RecordField field) {
        switch (field) {
            case KEY -> key = reader.readDigest();
            case FUNCTION -> function = readFunction();
            case VERSION -> version = reader.readRestAsText();
            case CODE_DIGEST -> codeDigest = reader.readDigest();
            case COMPUTED_BY -> computedBy = reader.readDigest();
            case ARGUMENTS -> arguments = readArguments();
            case RESULT -> result = readResult();
            case RESULT_DIGEST -> resultDigest = reader.readDigest();
            case TIMES -> readTimes();
            case TAGS -> tags = readTags();
            case JAVA_VERSION -> javaVersion = reader.readRestAsText();
        }
    }

    private FunctionId readFunction() {
        String className = reader.readText();
        String methodName = reader.readText();
        int count = reader.readCount(MIN_TEXT);
        List<String> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(reader.readText());
        }
        return new FunctionId(className, methodName, types);
    }

    private List<RecordedArgument> readArguments() {
        int count = reader.readCount(MIN_ARGUMENT);
        List<RecordedArgument> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new RecordedArgument(reader.readText(), reader.readDigest(), readStored()));
        }
        return all;
    }

    private StoredValue readResult() {
        StoredValue stored = readStored();
        if (stored == NOT_STORED) {
            throw new CodecException("expected a call record with a stored result, found one without");
        }
        return stored;
    }

    private StoredValue readStored() {
        int at = reader.position();
        int kind = reader.readByte();
        return switch (kind) {
            case CallRecordFormat.INLINE -> new StoredValue.Inline(Value.ofEncoded(reader.readBytes()));
            case CallRecordFormat.SEPARATE -> readSeparate();
            case CallRecordFormat.NOT_STORED -> NOT_STORED;
            default ->
                throw new CodecException("expected 0, 1 or 2 for where a value is, at byte " + at
                        + " of the call record, found " + kind);
        };
    }

    private StoredValue readSeparate() {
        Address address = new Address(reader.readDigest());
        long sizeBytes = reader.readLong();
        if (sizeBytes < 0) {
            throw new CodecException("expected the size of the value " + address
                    + " in the call record to be zero or more, found " + sizeBytes);
        }
        return new StoredValue.Separate(address, sizeBytes);
    }

    private void readTimes() {
        start = readInstant();
        stop = readInstant();
        long nanos = reader.readLong();
        if (nanos < 0) {
            throw new CodecException("expected a wall time of zero or more in the call record, found " + nanos + " ns");
        }
        wallTime = Duration.ofNanos(nanos);
    }

    private Instant readInstant() {
        long seconds = reader.readLong();
        int nanos = reader.readInt();
        if (seconds < Instant.MIN.getEpochSecond()
                || seconds > Instant.MAX.getEpochSecond()
                || nanos < 0
                || nanos >= NANOS_PER_SECOND) {
            throw new CodecException(
                    "expected a time in the call record, found " + seconds + " s and " + nanos + " ns");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private Map<String, String> readTags() {
        int count = reader.readCount(2 * MIN_TEXT);
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String name = reader.readText();
            if (all.put(name, reader.readText()) != null) {
                throw new CodecException("expected each tag once in the call record, found two \"" + name + "\"");
            }
        }
        return all;
    }
}
