package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordFilter;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.RecordTerms;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every database selects records. */
abstract class RecordSelectionContract {

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
                        .startsWith((Object) RecordTerms.of(result).first());
            }
        }
    }

    /** Prepares the session in which plans are asked for. */
    void prepare(Connection connection) throws SQLException {}
}
