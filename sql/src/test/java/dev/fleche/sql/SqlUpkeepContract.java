package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for the care for tables that are read in pieces. */
abstract class SqlUpkeepContract {

    private static final int RECORDS = 10;
    private static final long GONE = 1_000_000;

    private Storages storages;
    private Database database;

    /** Returns what opens this test's store. */
    abstract CacheConfig config();

    /** Returns another way into the store. */
    abstract Database open(CacheConfig config);

    /** Returns the care for the engine. */
    abstract SqlUpkeep.Care care(Database database);

    @BeforeEach
    void fill() {
        CacheConfig config = config();
        storages = StorageProviders.open(config);
        LongStream.range(0, RECORDS).forEach(number -> {
            storages.calls().putIfAbsent(Samples.record(number));
            storages.values().put(Samples.value(number, 300_000));
        });
        database = open(config);
    }

    @AfterEach
    void close() {
        storages.locks().close();
        storages.values().close();
        storages.calls().close();
        database.close();
    }

    private SqlUpkeep upkeep(int piece) {
        return new SqlUpkeep(database, care(database), piece, piece);
    }

    private int execute(String sql, Object... parameters) {
        return database.write(session -> session.update(sql, parameters));
    }

    /** Adds rows that belong to nothing: some of one term or entry, the others of one each. */
    private void addLeftovers(int same, int single) {
        for (long i = 0; i < same + single; i++) {
            long number = i < same ? 7 : 10 * i;
            execute("INSERT INTO fleche_term (term, call_id) VALUES (?, ?)", number, GONE + i);
            for (String table : List.of("fleche_call_part", "fleche_value_part")) {
                execute(
                        "INSERT INTO " + table + " (owner_id, part, bytes) VALUES (?, ?, ?)",
                        GONE + number,
                        i,
                        new byte[1]);
            }
            execute(
                    "INSERT INTO fleche_value (address, parts, bytes, stored) VALUES (?, 0, ?, 0)",
                    new byte[] {(byte) i},
                    new byte[1]);
        }
    }

    private static String counts(List<Flaw> flaws) {
        return String.join(
                ", ",
                flaws.stream()
                        .map(flaw -> flaw.place().split(" ", -1)[1].replace("fleche_", "") + " "
                                + flaw.detail().split(" ", -1)[0])
                        .toList());
    }

    @Test
    void leftoversAreFoundAndRemovedHoweverSmallThePieces() {
        for (int piece : new int[] {1, 2, 3, 5, 1000}) {
            addLeftovers(7, 6);

            List<Flaw> found = upkeep(piece).check();
            List<Flaw> removed = upkeep(piece).repair();

            assertThat(counts(found)).as("piece %d", piece).isEqualTo("value 13, term 13, call_part 13, value_part 13");
            assertThat(removed).as("piece %d", piece).isEqualTo(found);
            assertThat(upkeep(piece).check()).as("piece %d", piece).isEmpty();
        }
        LongStream.range(0, RECORDS).forEach(number -> {
            assertThat(Samples.found(storages.calls().find(Samples.key(number))))
                    .isEqualTo(Samples.record(number));
            assertThat(Samples.found(storages.values()
                                    .find(Samples.value(number, 300_000).address()))
                            .size())
                    .isEqualTo(Samples.value(number, 300_000).size());
        });
    }

    @Test
    void termsThatRecordsLackAreAdded() {
        int terms = execute("DELETE FROM fleche_term");

        List<Flaw> added = upkeep(3).repair();

        assertThat(added).hasSize(RECORDS).allMatch(flaw -> flaw.kind() == Flaw.Kind.LEFT_BEHIND);
        assertThat(upkeep(3).check()).isEmpty();
        assertThat(execute("DELETE FROM fleche_term")).isEqualTo(terms);
    }

    @Test
    void aStepIsMadeAfterEachPiece() {
        AtomicInteger few = new AtomicInteger();
        AtomicInteger many = new AtomicInteger();

        upkeep(1000).check(few::incrementAndGet);
        upkeep(1).check(many::incrementAndGet);

        assertThat(few.get()).isGreaterThanOrEqualTo(RECORDS);
        assertThat(many.get()).isGreaterThan(few.get() + 3 * RECORDS);
    }

    @Test
    void whatAStepThrowsEndsTheCheck() {
        assertThatThrownBy(() -> upkeep(2).check(() -> {
                    throw new IllegalStateException("enough");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }
}
