package dev.fleche.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordFilter;
import dev.fleche.storage.Durability;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.RecordTerms;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import dev.fleche.testing.Threads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.Cursor;

/** The database of terms: what it holds, and what becomes of queries when it is not as it should be. */
class LmdbTermsTest {

    private static final int RECORDS = 450;
    private static final byte[] STATE = "state".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private Storages storages;

    @BeforeEach
    void fill() {
        open();
        IntStream.range(0, RECORDS).forEach(number -> storages.calls().putIfAbsent(record(number)));
    }

    private void open() {
        storages = StorageProviders.open(Lmdb.config(directory));
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    private static CallRecord record(int number) {
        return Samples.record(number, "writer " + number % 3);
    }

    private static long argumentTerm(int number) {
        return RecordTerms.of(RecordFilter.ALL.withArgument("a", Samples.digest("a" + number)))
                .first();
    }

    /** Changes LMDB's databases while the store is closed, and opens it again. */
    private void change(Consumer<Change.Target> change) {
        close();
        EngineFiles files = EngineFiles.open(directory.resolve("lmdb"), Durability.FAST);
        try (Engine engine = Engine.open(files, Long.MAX_VALUE)) {
            engine.write(target -> {
                change.accept(target);
                return true;
            });
        }
        open();
    }

    /** Returns how many terms there are in the database. */
    private int terms() {
        List<byte[]> found = new ArrayList<>();
        change(target -> {
            try (Cursor<byte[]> cursor = target.env().cursor(target.txn(), Area.TERMS)) {
                boolean more = cursor.first();
                while (more) {
                    found.add(cursor.key());
                    more = cursor.next();
                }
            }
        });
        found.removeIf(key -> key.length != TermIndex.KEY_BYTES);
        return found.size();
    }

    private List<CallRecord> select(RecordFilter filter) {
        try (Stream<CallRecord> records = storages.calls().records(filter)) {
            return records.toList();
        }
    }

    private void requireAllFound() {
        for (int number = 0; number < RECORDS; number += 7) {
            assertThat(select(RecordFilter.ALL.withArgument("a", Samples.digest("a" + number))))
                    .containsExactly(record(number));
        }
        assertThat(select(RecordFilter.ALL.withTag("writer", "writer 1").withVersion("1")))
                .hasSize(RECORDS / 3);
    }

    private static void removeTerms(Change.Target target) {
        IntStream.range(0, RECORDS)
                .forEach(number -> RecordTerms.of(record(number))
                        .forEach(term -> target.delete(
                                Area.TERMS,
                                TermIndex.key(term, record(number).key().toBytes()))));
    }

    @Test
    void aStoreOfAVersionWithoutTermsGetsThemWhenItIsOpened() {
        int before = terms();

        change(target -> target.clear(Area.TERMS));

        requireAllFound();
        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(terms()).isEqualTo(before);
    }

    @Test
    void termsThatAKilledProcessDidNotCompleteAreCompleted() {
        change(target -> {
            target.delete(
                    Area.TERMS, TermIndex.key(argumentTerm(7), Samples.key(7).toBytes()));
            target.put(Area.TERMS, STATE, "token of the dead".getBytes(StandardCharsets.US_ASCII));
        });

        requireAllFound();
        assertThat(storages.upkeep().check()).isEmpty();
    }

    @Test
    void whileTermsAreNotCompleteQueriesReadAllRecords() {
        close();
        EngineFiles files = EngineFiles.open(directory.resolve("lmdb"), Durability.FAST);
        try (Engine engine = Engine.open(files, Long.MAX_VALUE)) {
            engine.write(target -> {
                removeTerms(target);
                target.put(Area.TERMS, STATE, "token".getBytes(StandardCharsets.US_ASCII));
                return true;
            });

            for (int number = 0; number < RECORDS; number += 50) {
                RecordFilter filter = RecordFilter.ALL.withArgument("a", Samples.digest("a" + number));
                RecordSearch search = new RecordSearch(filter);

                RecordPage first = engine.read(txn -> search.pageFrom(engine.env(), txn, RecordPage.START));

                assertThat(first.entries()).hasSizeGreaterThan(1);
                assertThat(first.next()).isNotNull();
            }
        } finally {
            open();
        }
    }

    @Test
    void aLostTermIsFoundAndAddedAgain() {
        change(target -> target.delete(
                Area.TERMS, TermIndex.key(argumentTerm(7), Samples.key(7).toBytes())));
        assertThat(select(RecordFilter.ALL.withArgument("a", Samples.digest("a7"))))
                .isEmpty();

        List<Flaw> flaws = storages.upkeep().check();

        assertThat(flaws).singleElement().satisfies(flaw -> {
            assertThat(flaw.kind()).isEqualTo(Flaw.Kind.LEFT_BEHIND);
            assertThat(flaw.place()).isEqualTo("the database terms in " + directory.resolve("lmdb/data.mdb"));
            assertThat(flaw.detail()).isEqualTo("has 2699 terms, and should have 2700; queries may miss records");
        });
        assertThat(storages.upkeep().repair()).isEqualTo(flaws);
        assertThat(storages.upkeep().check()).isEmpty();
        requireAllFound();
    }

    @Test
    void aTermOfNoRecordMisleadsNoQueryAndIsRemoved() {
        int before = terms();
        change(target -> {
            target.put(Area.TERMS, TermIndex.key(argumentTerm(7), Samples.key(8).toBytes()), new byte[0]);
            target.put(
                    Area.TERMS,
                    TermIndex.key(argumentTerm(7), Samples.key(RECORDS).toBytes()),
                    new byte[0]);
        });

        requireAllFound();
        assertThat(storages.upkeep().repair())
                .extracting(Flaw::detail)
                .containsExactly("has 2702 terms, and should have 2700; queries may miss records");
        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(terms()).isEqualTo(before);
    }

    @Test
    void otherTermsThanTheRecordsAreFoundThoughThereAreAsMany() {
        change(target -> {
            target.delete(
                    Area.TERMS, TermIndex.key(argumentTerm(7), Samples.key(7).toBytes()));
            target.put(Area.TERMS, TermIndex.key(argumentTerm(7), Samples.key(8).toBytes()), new byte[0]);
        });

        assertThat(storages.upkeep().check())
                .extracting(Flaw::detail)
                .containsExactly("has 2700 terms, and should have others; queries may miss records");
    }

    @Test
    void removedAndReplacedRecordsLeaveNoTerms() {
        IntStream.range(0, RECORDS).forEach(number -> storages.calls().replace(Samples.record(number, "another")));
        assertThat(storages.upkeep().check()).isEmpty();

        IntStream.range(0, RECORDS).forEach(number -> storages.calls().remove(Samples.key(number)));

        assertThat(terms()).isZero();
    }

    @Test
    void threadsThatReplaceAndRemoveTheSameRecordsLeaveNoTerms() {
        Threads.inParallel(
                8,
                thread -> IntStream.range(0, 600).forEach(turn -> {
                    if (turn % 5 == thread % 5) {
                        storages.calls().remove(Samples.key(turn % 10));
                    } else {
                        storages.calls().replace(Samples.record(turn % 10, "thread " + thread));
                    }
                }));

        assertThat(storages.upkeep().check()).isEmpty();
    }

    /** Of the pages that a transaction changes, LMDB has copies that begin anywhere in memory. */
    @Test
    void aTransactionKnowsTheTermsOfWhatItHasChangedItself() {
        change(target -> {
            for (int round = 0; round < 50; round++) {
                for (int number = 0; number < 20; number++) {
                    CallRecord record = Samples.record(number, "round " + round);
                    TermIndex.replace(target, record.key().toBytes(), EntryBytes.of(record), RecordTerms.of(record));
                }
                TermIndex.remove(target, Samples.key(round).toBytes());
            }
        });

        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(select(RecordFilter.ALL.withTag("writer", "round 49"))).hasSize(20);
    }

    @Test
    void theTermsOfADamagedRecordGoBeforeItIsRemoved() {
        close();
        RawEntries.change(directory, Area.CALLS, Samples.key(7).toBytes(), bytes -> new byte[] {1});
        open();
        assertThat(storages.upkeep().check()).isEmpty();

        storages.upkeep().repair();
        storages.calls().remove(Samples.key(7));

        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(terms()).isEqualTo((RECORDS - 1) * 6);
    }

    @Test
    void aFilterOfDisjointTermsFindsNothing() {
        assertThat(select(RecordFilter.ALL.withTag("writer", "writer 0").withArgument("a", Samples.digest("a" + 1))))
                .isEmpty();
        IntStream.range(0, RECORDS)
                .filter(number -> number % 3 == 1)
                .forEach(number -> storages.calls().replace(Samples.record(number, "last")));
        assertThat(select(RecordFilter.ALL
                        .withTag("writer", "last")
                        .withArgument("k", Samples.digest("k"))
                        .withFunction(record(1).function())))
                .hasSize(RECORDS / 3);
    }

    @Test
    void aFullStoreCanBeEmptied() {
        close();
        storages = StorageProviders.open(Lmdb.config(directory).with("maxBytes", Integer.toString(2 << 20)));
        int[] stored = {RECORDS};
        assertThatThrownBy(() -> {
                    for (int number = RECORDS; ; number++) {
                        storages.calls().putIfAbsent(record(number));
                        stored[0]++;
                    }
                })
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is full");
        assertThat(storages.upkeep().check()).isEmpty();

        assertThat(IntStream.range(0, stored[0]))
                .allSatisfy(number ->
                        assertThat(storages.calls().remove(Samples.key(number))).isTrue());

        assertThat(storages.upkeep().check()).isEmpty();
        assertThat(storages.calls().putIfAbsent(record(1))).isTrue();
    }
}
