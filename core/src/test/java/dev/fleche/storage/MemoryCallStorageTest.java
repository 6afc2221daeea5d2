package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.record.CallRecord;
import dev.fleche.testing.CallStorageContract;
import dev.fleche.testing.Samples;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryCallStorageTest extends CallStorageContract {

    @Override
    protected CallStorage openCalls() {
        return MemoryStorages.open().calls();
    }

    @Test
    void aHitIsTheStoredRecordItself() {
        CallRecord record = Samples.record(1);
        try (CallStorage calls = openCalls()) {
            calls.putIfAbsent(record);

            assertThat(Samples.found(calls.find(record.key()))).isSameAs(record);
        }
    }

    @Test
    void recordsThatHaveToGoAreAbsentAndMayBeStoredAgain() {
        CallStorage calls = new MemoryCallStorage(new SharedMemory(50_000));

        LongStream.range(0, 1000).forEach(number -> calls.putIfAbsent(Samples.record(number)));

        long gone = LongStream.range(0, 1000)
                .filter(number -> !calls.contains(Samples.key(number)))
                .findFirst()
                .orElseThrow();
        assertThat(calls.putIfAbsent(Samples.record(gone))).isTrue();
        try (Stream<CallRecord> records = calls.records()) {
            assertThat(records.count()).isBetween(10L, 100L);
        }
    }
}
