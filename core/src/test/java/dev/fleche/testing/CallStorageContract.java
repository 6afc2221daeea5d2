package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordFilter;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.CallStorage.Admission;
import dev.fleche.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every call storage that keeps records. Extend it, and open an empty storage for each test. */
public abstract class CallStorageContract {

    private static final int RECORDS = 350;
    private static final int FILTERS = 150;

    private CallStorage calls;

    /** Opens an empty storage with room for a few thousand records. */
    protected abstract CallStorage openCalls();

    @BeforeEach
    void open() {
        calls = openCalls();
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void aStoredRecordIsFoundWhole() {
        CallRecord record = Samples.record(1);

        assertThat(calls.putIfAbsent(record)).isTrue();

        assertThat(calls.contains(record.key())).isTrue();
        assertThat(found(record.key())).isEqualTo(record);
    }

    @Test
    void whatWasNeverStoredIsAbsent() {
        calls.putIfAbsent(Samples.record(1));

        assertThat(calls.find(Samples.key(2))).isEqualTo(Lookup.absent());
        assertThat(calls.contains(Samples.key(2))).isFalse();
        assertThat(calls.remove(Samples.key(2))).isFalse();
    }

    @Test
    void theFirstRecordOfAKeyStays() {
        calls.putIfAbsent(Samples.record(1, "first"));

        assertThat(calls.putIfAbsent(Samples.record(1, "second"))).isFalse();

        assertThat(found(Samples.key(1))).isEqualTo(Samples.record(1, "first"));
    }

    @Test
    void replacingPutsTheLastRecordInPlace() {
        calls.replace(Samples.record(1, "first"));

        calls.replace(Samples.record(1, "second"));

        assertThat(found(Samples.key(1))).isEqualTo(Samples.record(1, "second"));
        assertThat(records()).hasSize(1);
    }

    @Test
    void aRemovedRecordIsAbsentAndMayBeStoredAgain() {
        calls.putIfAbsent(Samples.record(1, "first"));

        assertThat(calls.remove(Samples.key(1))).isTrue();
        assertThat(calls.remove(Samples.key(1))).isFalse();

        assertThat(calls.find(Samples.key(1))).isEqualTo(Lookup.absent());
        assertThat(calls.putIfAbsent(Samples.record(1, "second"))).isTrue();
        assertThat(found(Samples.key(1))).isEqualTo(Samples.record(1, "second"));
    }

    @Test
    void allRecordsAreListed() {
        List<CallRecord> stored =
                LongStream.range(0, 300).mapToObj(Samples::record).toList();
        stored.forEach(calls::putIfAbsent);

        assertThat(records()).containsExactlyInAnyOrderElementsOf(stored);
        try (Stream<Digest> keys = calls.keys()) {
            assertThat(keys)
                    .containsExactlyInAnyOrderElementsOf(
                            stored.stream().map(CallRecord::key).toList());
        }
    }

    @Test
    void anEmptyStorageListsNothing() {
        assertThat(records()).isEmpty();
    }

    @Test
    void recordsMayBeRemovedWhileTheyAreListed() {
        LongStream.range(0, 100).forEach(number -> calls.putIfAbsent(Samples.record(number)));

        try (Stream<CallRecord> records = calls.records()) {
            records.forEach(record -> calls.remove(record.key()));
        }

        assertThat(records()).isEmpty();
    }

    @Test
    void everyFilterFindsWhatItAccepts() {
        long seed = Long.getLong("dev.fleche.test.seed", 20260102);
        Random random = new Random(seed);
        List<CallRecord> stored = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            CallRecord record = Selections.record(i, random);
            stored.add(record);
            calls.putIfAbsent(record);
        }
        int chosen = 0;
        for (int i = 0; i < FILTERS; i++) {
            RecordFilter filter = Selections.filter(random);
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
        calls.putIfAbsent(Samples.record(1, "old"));

        calls.replace(Samples.record(1, "new"));

        assertThat(selected(RecordFilter.ALL.withTag("writer", "old"))).isEmpty();
        assertThat(selected(RecordFilter.ALL.withTag("writer", "new"))).containsExactly(Samples.record(1, "new"));
    }

    @Test
    void whatWasRemovedIsFoundByNoTerm() {
        LongStream.range(0, 10).forEach(number -> calls.putIfAbsent(Samples.record(number)));

        calls.remove(Samples.key(3));

        assertThat(selected(RecordFilter.ALL.withArgument("a", Samples.digest("a3"))))
                .isEmpty();
        assertThat(selected(RecordFilter.ALL.withTag("writer", "first"))).hasSize(9);
    }

    /** More than are read at once, however that is. */
    @Test
    void aFilterThatChoosesManyFindsEachOnce() {
        LongStream.range(0, 750).forEach(number -> calls.putIfAbsent(Samples.record(number, "writer " + number % 3)));
        RecordFilter third =
                RecordFilter.ALL.withFunction(Samples.record(0).function()).withTag("writer", "writer 1");

        assertThat(selected(third))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 750)
                        .filter(number -> number % 3 == 1)
                        .mapToObj(number -> Samples.record(number, "writer 1"))
                        .toList());
    }

    @Test
    void ofManyThreadsExactlyOneStoresEachRecord() {
        AtomicIntegerArray wins = new AtomicIntegerArray(100);

        Threads.inParallel(
                8,
                thread -> IntStream.range(0, wins.length()).forEach(number -> {
                    if (calls.putIfAbsent(Samples.record(number, "thread " + thread))) {
                        wins.incrementAndGet(number);
                    }
                    assertThat(found(Samples.key(number)).key()).isEqualTo(Samples.key(number));
                }));

        assertThat(IntStream.range(0, wins.length()).map(wins::get)).containsOnly(1);
    }

    @Test
    void readersSeeTheOldRecordOrTheNewOneWhileItIsReplaced() {
        Set<CallRecord> written = Set.of(Samples.record(1, "first"), Samples.record(1, "second"));
        calls.replace(Samples.record(1, "first"));

        Threads.inParallel(
                4,
                thread -> IntStream.range(0, 300).forEach(number -> {
                    if (thread == 0) {
                        calls.replace(Samples.record(1, number % 2 == 0 ? "second" : "first"));
                    } else {
                        assertThat(written).contains(found(Samples.key(1)));
                    }
                }));
    }

    @Test
    void aPendingInterruptChangesNothingAndStays() {
        CallRecord record = Samples.record(1);
        Thread.currentThread().interrupt();
        try {
            Admission admission = calls.admit(record.key(), Set.of(Samples.unknownAddress()));
            assertThat(calls.putIfAbsent(record)).isTrue();
            calls.replace(record);
            admission.close();

            assertThat(found(record.key())).isEqualTo(record);
            assertThat(calls.contains(record.key())).isTrue();
            assertThat(records()).containsExactly(record);
            assertThat(calls.remove(record.key())).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anAdmissionMayBeClosedTwiceAndBesidesOthersOfTheSameCall() {
        Admission one = calls.admit(Samples.key(1), Set.of(Samples.unknownAddress()));
        Admission two = calls.admit(Samples.key(1), Set.of(Samples.unknownAddress()));

        assertThatCode(() -> {
                    one.close();
                    one.close();
                    two.close();
                })
                .doesNotThrowAnyException();
        assertThat(calls.find(Samples.key(1))).isEqualTo(Lookup.absent());
        assertThat(records()).isEmpty();
    }

    @Test
    void aClosedStorageMissesAndRefuses() {
        CallRecord record = Samples.record(1);
        calls.putIfAbsent(record);

        calls.close();

        assertThat(calls.find(record.key()))
                .isInstanceOfSatisfying(
                        Lookup.Miss.class, miss -> assertThat(miss.reason()).isEqualTo(Lookup.Reason.UNAVAILABLE));
        assertThat(calls.contains(record.key())).isFalse();
        assertThatThrownBy(() -> calls.putIfAbsent(record))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> calls.replace(record)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> calls.remove(record.key())).isInstanceOf(StorageException.class);
        assertThatThrownBy(calls::records).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> calls.records(RecordFilter.ALL.withVersion("1")))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(calls::keys).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> calls.admit(record.key(), Set.of(Samples.unknownAddress())))
                .isInstanceOf(StorageException.class);
        assertThatCode(calls::close).doesNotThrowAnyException();
    }

    private CallRecord found(Digest key) {
        return Samples.found(calls.find(key));
    }

    private List<CallRecord> records() {
        try (Stream<CallRecord> records = calls.records()) {
            return records.toList();
        }
    }

    private List<CallRecord> selected(RecordFilter filter) {
        try (Stream<CallRecord> records = calls.records(filter)) {
            return records.toList();
        }
    }
}
