package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordFilter;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for selecting records in every database. */
abstract class RecordSelectionContract {

    private static final int RECORDS = 350;
    private static final int FILTERS = 150;

    private Storages storages;

    /** Returns what opens this test's storages; empty before the first. */
    abstract CacheConfig config();

    /** Returns a connection to the database. */
    abstract Connection connect() throws SQLException;

    /** Returns the database's dialect. */
    abstract Dialect dialect();

    /** Returns how the database would run a query, in lines for people. */
    abstract List<String> plan(Connection connection, String sql, Object... parameters) throws SQLException;

    /** Returns whether a line of a plan says that all of a table is read. */
    abstract boolean readsAll(String line);

    @BeforeEach
    void open() {
        storages = StorageProviders.open(config());
    }

    @AfterEach
    void close() {
        storages.calls().close();
        storages.values().close();
    }

    @Test
    void everyFilterChoosesWhatItAcceptsInMemory() {
        long seed = Long.getLong("dev.fleche.test.seed", 20260102);
        Random random = new Random(seed);
        List<CallRecord> stored = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            CallRecord record = record(i, random);
            stored.add(record);
            storages.calls().putIfAbsent(record);
        }
        int chosen = 0;
        for (int i = 0; i < FILTERS; i++) {
            RecordFilter filter = filter(random);
            List<CallRecord> expected = stored.stream().filter(filter::accepts).toList();

            assertThat(selected(filter))
                    .as("filter %s, seed %s", filter, seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
            chosen += expected.size();
        }
        assertThat(chosen).isGreaterThan(FILTERS);
    }

    @Test
    void whatWasReplacedIsFoundByItsNewTermsAlone() {
        storages.calls().putIfAbsent(Samples.record(1, "old"));

        storages.calls().replace(Samples.record(1, "new"));

        assertThat(selected(RecordFilter.ALL.withTag("writer", "old"))).isEmpty();
        assertThat(selected(RecordFilter.ALL.withTag("writer", "new"))).containsExactly(Samples.record(1, "new"));
    }

    @Test
    void whoStopsReadingEarlyHoldsNothing() throws SQLException {
        for (int i = 0; i < 250; i++) {
            storages.calls().putIfAbsent(Samples.record(i));
        }
        Stream<CallRecord> records = storages.calls().records();
        assertThat(records.iterator().next()).isNotNull();

        try (Connection connection = connect()) {
            assertThat(StoredRows.execute(connection, "DELETE FROM fleche_term"))
                    .isPositive();
        }
        storages.calls().replace(Samples.record(1, "after"));
        records.close();

        assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1, "after"));
    }

    @Test
    void everyFilterIsLedByAnIndex() throws SQLException {
        for (int i = 0; i < 50; i++) {
            storages.calls().putIfAbsent(Samples.record(i));
        }
        Instant start = Instant.parse("2026-01-01T00:00:10Z");
        Map<String, RecordFilter> filters = Map.of(
                "all", RecordFilter.ALL,
                "function", RecordFilter.ALL.withFunction(Samples.record(1).function()),
                "version and tag", RecordFilter.ALL.withVersion("1").withTag("writer", "first"),
                "argument", RecordFilter.ALL.withArgument("a", Samples.digest("a1")),
                "result", RecordFilter.ALL.withResult(Samples.digest("result 3")),
                "start", RecordFilter.ALL.withFrom(start).withBefore(start.plusSeconds(5)),
                "wall time", RecordFilter.ALL.withWallTime(Duration.ofMillis(1), Duration.ofMillis(30)));
        try (Connection connection = connect()) {
            prepare(connection);
            for (Map.Entry<String, RecordFilter> filter : filters.entrySet()) {
                RecordSelection selection = RecordSelection.of(
                        new Session(dialect(), connection), filter.getValue(), EntryTable.CALLS.columns());

                assertThat(plan(connection, selection.sql(), selection.parameters(null)))
                        .as(filter.getKey() + ": " + selection.sql())
                        .isNotEmpty()
                        .noneMatch(this::readsAll);
            }
        }
    }

    @Test
    void theTermOfFewestRecordsLeads() throws SQLException {
        for (int i = 0; i < 50; i++) {
            storages.calls().putIfAbsent(Samples.record(i));
        }
        FunctionId function = Samples.record(1).function();
        try (Connection connection = connect()) {
            for (int i = 0; i < 10; i++) {
                // which of the two terms is the smaller number is another one each time
                RecordFilter result = RecordFilter.ALL.withResult(Samples.digest("result " + i));

                RecordSelection selection = RecordSelection.of(
                        new Session(dialect(), connection), result.withFunction(function), EntryTable.CALLS.columns());

                assertThat(selection.parameters(null))
                        .startsWith((Object) Terms.of(result).first());
            }
        }
    }

    /** Prepares the session in which plans are asked for. */
    void prepare(Connection connection) throws SQLException {}

    private List<CallRecord> selected(RecordFilter filter) {
        try (Stream<CallRecord> records = storages.calls().records(filter)) {
            return records.toList();
        }
    }

    private static CallRecord record(int number, Random random) {
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

    private static RecordFilter filter(Random random) {
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
