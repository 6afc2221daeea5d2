package dev.fleche.testing;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.StoredValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Values and call records to store; the same arguments give the same sample in every process. */
public final class Samples {

    private Samples() {}

    /** Returns the value number {@code seed} with a payload of {@code payloadBytes} bytes. */
    public static Value value(long seed, int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        new Random(seed).nextBytes(payload);
        return value(payload);
    }

    /** Returns a value with {@code payload}. */
    public static Value value(byte[] payload) {
        byte[] encoded = new byte[Value.HEAD_BYTES + payload.length];
        byte[] name = "sample".getBytes(StandardCharsets.US_ASCII);
        encoded[0] = (byte) name.length;
        System.arraycopy(name, 0, encoded, 1, name.length);
        encoded[13] = 1;
        System.arraycopy(payload, 0, encoded, Value.HEAD_BYTES, payload.length);
        return Value.ofEncoded(encoded);
    }

    /** Returns the digest of {@code text}. */
    public static Digest digest(String text) {
        try {
            return Digest.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Returns the key of the record number {@code number}. */
    public static Digest key(long number) {
        return digest("key " + number);
    }

    /** Returns an address at which nothing was stored. */
    public static Address unknownAddress() {
        return new Address(digest("nothing"));
    }

    /** Returns the record number {@code number}, whose small result depends on the number. */
    public static CallRecord record(long number) {
        return record(number, "first");
    }

    /** Returns a record number {@code number} that differs by {@code writer} from other records of that number. */
    public static CallRecord record(long number, String writer) {
        return record(number, writer, new StoredValue.Inline(value(number, 100)));
    }

    /** Returns the record number {@code number} with {@code result}. */
    public static CallRecord record(long number, String writer, StoredValue result) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        return new CallRecord(
                key(number),
                new FunctionId("com.acme.Physics", "relax", List.of("double", "int")),
                Optional.of("1"),
                Optional.of(digest("code")),
                List.of(
                        new RecordedArgument("a", digest("a" + number), new StoredValue.Inline(value(number, 8))),
                        new RecordedArgument("k", digest("k"), new StoredValue.NotStored())),
                result,
                Optional.of(digest("result " + number)),
                start,
                start.plusMillis(20),
                Duration.ofMillis(20),
                Map.of("writer", writer),
                "17.0.15",
                List.of());
    }

    /** Returns a record number {@code number} whose result is {@code result}, in the value storage. */
    public static CallRecord record(long number, Value result) {
        return record(number, "first", new StoredValue.Separate(result.address(), result.size()));
    }

    /** Returns what {@code lookup} found, and fails if it is a miss. */
    public static <T> T found(Lookup<T> lookup) {
        if (lookup instanceof Lookup.Hit<T> hit) {
            return hit.value();
        }
        throw new AssertionError("expected a hit, found " + lookup);
    }
}
