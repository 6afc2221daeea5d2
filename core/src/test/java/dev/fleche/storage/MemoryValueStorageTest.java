package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Value;
import dev.fleche.record.Lookup;
import dev.fleche.testing.Samples;
import dev.fleche.testing.ValueStorageContract;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryValueStorageTest extends ValueStorageContract {

    @Override
    protected ValueStorage openValues() {
        return MemoryStorages.open().values();
    }

    @Test
    void anotherStorageSeesNothingOfIt() {
        try (ValueStorage one = openValues();
                ValueStorage two = openValues()) {
            Value value = Samples.value(1, 10);

            one.put(value);

            assertThat(two.find(value.address())).isEqualTo(Lookup.absent());
            assertThat(two.contains(value.address())).isFalse();
            assertThat(two.remove(value.address())).isFalse();
            assertThat(one.contains(value.address())).isTrue();
        }
    }

    @Test
    void allStoragesTogetherStayWithinTheLimit() {
        SharedMemory memory = new SharedMemory(100_000);
        ValueStorage one = new MemoryValueStorage(memory);
        ValueStorage two = new MemoryValueStorage(memory);

        IntStream.range(0, 100).forEach(number -> {
            one.put(Samples.value(number, 5000));
            two.put(Samples.value(-number, 5000));
        });

        assertThat(count(one) + count(two)).isBetween(1L, 100_000L / 5000);
    }

    @Test
    void aValueLargerThanTheLimitIsAbsent() {
        ValueStorage values = new MemoryValueStorage(new SharedMemory(10_000));
        Value value = Samples.value(1, 20_000);

        values.put(value);

        assertThat(values.find(value.address())).isEqualTo(Lookup.absent());
    }

    @Test
    void aClosedStorageLeavesItsRoomToOthers() {
        SharedMemory memory = new SharedMemory(1 << 20);
        ValueStorage one = new MemoryValueStorage(memory);
        ValueStorage two = new MemoryValueStorage(memory);
        one.put(Samples.value(1, 10));
        two.put(Samples.value(1, 10));

        one.close();

        assertThat(count(two)).isEqualTo(1);
        assertThat(memory.size()).isEqualTo(1);
    }

    private static long count(ValueStorage values) {
        try (Stream<?> addresses = values.addresses()) {
            return addresses.count();
        }
    }
}
