package dev.fleche.testing;

import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordFilter;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Records of few functions, versions, arguments, results, tags and times, and filters that choose some of them. */
final class Selections {

    private Selections() {}

    /** Returns the record of a number. */
    static CallRecord record(int number, Random random) {
        Instant start = start(random);
        Map<String, String> tags = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            tags.put(tagName(random), text(random));
        }
        List<RecordedArgument> arguments = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            arguments.add(new RecordedArgument(
                    "a" + i, Samples.digest("argument " + random.nextInt(4)), new StoredValue.NotStored()));
        }
        return new CallRecord(
                Samples.key(number),
                function(random),
                random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                Optional.empty(),
                arguments,
                new StoredValue.Inline(Samples.value(number, random.nextInt(900))),
                random.nextBoolean() ? Optional.empty() : Optional.of(Samples.digest("r" + random.nextInt(5))),
                start,
                start.plusMillis(20),
                wallTime(random),
                tags,
                "17",
                List.of());
    }

    /** Returns a filter that chooses some of the records, or none. */
    static RecordFilter filter(Random random) {
        RecordFilter filter = RecordFilter.ALL;
        if (random.nextInt(3) == 0) {
            filter = filter.withFunction(function(random));
        }
        if (random.nextInt(6) == 0) {
            filter = filter.withVersion(text(random));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withArgument("a" + random.nextInt(2), Samples.digest("argument " + random.nextInt(4)));
        }
        if (random.nextInt(6) == 0) {
            filter = filter.withResult(Samples.digest("r" + random.nextInt(5)));
        }
        if (random.nextInt(6) == 0) {
            filter = filter.withTag(tagName(random), text(random));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withFrom(start(random));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withBefore(start(random));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.withWallTime(
                    wallTime(random), Duration.ofSeconds(random.nextInt(2) == 0 ? 3 : Long.MAX_VALUE));
        }
        return filter;
    }

    private static FunctionId function(Random random) {
        return new FunctionId("com.acme.Physics", "relax" + random.nextInt(3), List.of("double"));
    }

    private static String tagName(Random random) {
        return "tag" + random.nextInt(2);
    }

    /** Returns one of few texts, some of which databases have trouble with. */
    private static String text(Random random) {
        return List.of("alpha", "Alpha", "alpha ", "", "nul\0nul", "x".repeat(5000), "\uD83D\uDE00 é '\"\\")
                .get(random.nextInt(7));
    }

    /** Returns one of a few seconds, and any nanosecond in it; also before 1970 and far away. */
    private static Instant start(Random random) {
        long second = List.of(-1L, 0L, 1_700_000_000L, 1_700_000_001L, 1_700_000_002L, 100_000_000_000L)
                .get(random.nextInt(6));
        return Instant.ofEpochSecond(second, random.nextInt(3) * 400_000_000L);
    }

    private static Duration wallTime(Random random) {
        return Duration.ofMillis(random.nextInt(5) * 900L);
    }
}
