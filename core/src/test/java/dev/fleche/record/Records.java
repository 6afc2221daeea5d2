package dev.fleche.record;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Call records for tests. */
final class Records {

    static final FunctionId RELAX = new FunctionId("com.acme.Physics", "relax", List.of("double", "int"));

    private static final String[] TEXTS = {
        "", "a", "alpha", "Größe", "数", "\uD83D\uDE80", "\uFFFD", "a\nb", "x".repeat(300)
    };

    private Records() {}

    /** Returns a record with every field; {@code n} varies its key and its times. */
    static CallRecord full(int n) {
        return new CallRecord(
                digest(n),
                RELAX,
                Optional.of("2"),
                Optional.of(digest(101)),
                List.of(
                        new RecordedArgument("this", digest(102), new StoredValue.NotStored()),
                        new RecordedArgument("a", digest(103), new StoredValue.Inline(value(8))),
                        new RecordedArgument(
                                "größe",
                                digest(104),
                                new StoredValue.Separate(new Address(digest(105)), 5_000_000_000L))),
                new StoredValue.Inline(value(4)),
                Optional.of(digest(106)),
                Instant.parse("2025-03-01T10:00:00.000000001Z").plusSeconds(n),
                Instant.parse("2025-03-01T10:00:02.5Z").plusSeconds(n),
                Duration.ofNanos(2_499_000_001L),
                Map.of("project", "alpha", "host", "\uD83D\uDE80"),
                "17.0.15",
                List.of());
    }

    /** Returns a record with nothing that may be left out. */
    static CallRecord small(int n) {
        return new CallRecord(
                digest(n),
                new FunctionId("A", "f", List.of()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new StoredValue.Separate(new Address(digest(107)), 2000),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Duration.ZERO,
                Map.of(),
                "25",
                List.of());
    }

    static CallRecord withTimes(Instant start, Instant stop, Duration wallTime) {
        return variant(start, stop, wallTime, Map.of(), List.of());
    }

    static CallRecord withTags(Map<String, String> tags) {
        return variant(Instant.EPOCH, Instant.EPOCH, Duration.ZERO, tags, List.of());
    }

    static CallRecord withUnknown(CallRecord.UnknownField... fields) {
        return variant(Instant.EPOCH, Instant.EPOCH, Duration.ZERO, Map.of(), List.of(fields));
    }

    private static CallRecord variant(
            Instant start,
            Instant stop,
            Duration wallTime,
            Map<String, String> tags,
            List<CallRecord.UnknownField> unknown) {
        return new CallRecord(
                digest(9),
                RELAX,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new StoredValue.Inline(value(8)),
                Optional.empty(),
                start,
                stop,
                wallTime,
                tags,
                "17",
                unknown);
    }

    static CallRecord generated(Random random) {
        List<String> types = new ArrayList<>();
        List<RecordedArgument> arguments = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            types.add(text(random));
            arguments.add(new RecordedArgument(text(random), digest(random.nextInt()), stored(random, 3)));
        }
        Map<String, String> tags = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.put(text(random), text(random));
        }
        List<CallRecord.UnknownField> unknown = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            unknown.add(new CallRecord.UnknownField(12 + random.nextInt(0xFFFF - 11), new byte[random.nextInt(50)]));
        }
        return new CallRecord(
                digest(random.nextInt()),
                new FunctionId(text(random), text(random), types),
                Optional.of(text(random)).filter(any -> random.nextBoolean()),
                Optional.of(digest(random.nextInt())).filter(any -> random.nextBoolean()),
                Optional.of(digest(random.nextInt())).filter(any -> random.nextBoolean()),
                arguments,
                stored(random, 2),
                Optional.of(digest(random.nextInt())).filter(any -> random.nextBoolean()),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Duration.ofNanos(random.nextLong() >>> 1),
                tags,
                text(random),
                unknown);
    }

    /** Returns the digest of the bytes of {@code n}, high byte first, then 4, 5, 6 and so on. */
    static Digest digest(int n) {
        byte[] bytes = ByteBuffer.allocate(Digest.BYTES).putInt(n).array();
        for (int i = Integer.BYTES; i < Digest.BYTES; i++) {
            bytes[i] = (byte) i;
        }
        return Digest.of(bytes);
    }

    /** Returns a value of a codec that nobody has, with a payload of {@code payloadBytes}. */
    static Value value(int payloadBytes) {
        byte[] encoded = new byte[Value.HEAD_BYTES + payloadBytes];
        byte[] codec = "test".getBytes(StandardCharsets.US_ASCII);
        encoded[0] = (byte) codec.length;
        System.arraycopy(codec, 0, encoded, 1, codec.length);
        encoded[13] = 1;
        for (int i = 0; i < payloadBytes; i++) {
            encoded[Value.HEAD_BYTES + i] = (byte) (i + 1);
        }
        return Value.ofEncoded(encoded);
    }

    private static StoredValue stored(Random random, int kinds) {
        return switch (random.nextInt(kinds)) {
            case 0 -> new StoredValue.Inline(value(random.nextInt(200)));
            case 1 -> new StoredValue.Separate(new Address(digest(random.nextInt())), random.nextLong() >>> 1);
            default -> new StoredValue.NotStored();
        };
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
