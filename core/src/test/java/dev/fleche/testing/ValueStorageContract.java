package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.ValueStorage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every value storage that keeps values. Extend it, and open an empty storage for each test. */
public abstract class ValueStorageContract {

    private ValueStorage values;

    /** Opens an empty storage with room for a few megabytes. */
    protected abstract ValueStorage openValues();

    @BeforeEach
    void open() {
        values = openValues();
    }

    @AfterEach
    void close() {
        values.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, 65_519, 65_520, 65_521, 131_056, 1_000_000})
    void aStoredValueIsFound(int payloadBytes) {
        Value value = Samples.value(1, payloadBytes);

        values.put(value);

        assertThat(values.contains(value.address())).isTrue();
        assertThat(found(value.address()).encoded()).isEqualTo(value.encoded());
    }

    @Test
    void whatWasNeverStoredIsAbsent() {
        values.put(Samples.value(1, 10));

        assertThat(values.find(Samples.unknownAddress())).isEqualTo(Lookup.absent());
        assertThat(values.contains(Samples.unknownAddress())).isFalse();
        assertThat(values.remove(Samples.unknownAddress())).isFalse();
    }

    @Test
    void storingAgainChangesNothing() {
        Value value = Samples.value(1, 2000);
        values.put(value);

        values.put(Samples.value(1, 2000));

        assertThat(found(value.address())).isEqualTo(value);
        assertThat(addresses()).containsExactly(value.address());
    }

    @Test
    void aRemovedValueIsAbsent() {
        Value value = Samples.value(1, 10);
        Value other = Samples.value(2, 10);
        values.put(value);
        values.put(other);

        assertThat(values.remove(value.address())).isTrue();
        assertThat(values.remove(value.address())).isFalse();

        assertThat(values.find(value.address())).isEqualTo(Lookup.absent());
        assertThat(found(other.address())).isEqualTo(other);
    }

    @Test
    void allAddressesAreListed() {
        List<Value> stored = IntStream.range(0, 300)
                .mapToObj(number -> Samples.value(number, 50))
                .toList();
        stored.forEach(values::put);

        assertThat(addresses())
                .containsExactlyInAnyOrderElementsOf(
                        stored.stream().map(Value::address).toList());
    }

    @Test
    void anEmptyStorageListsNothing() {
        assertThat(addresses()).isEmpty();
    }

    @Test
    void valuesMayBeRemovedWhileTheyAreListed() {
        IntStream.range(0, 100).forEach(number -> values.put(Samples.value(number, 50)));

        try (Stream<Address> addresses = values.addresses()) {
            addresses.forEach(values::remove);
        }

        assertThat(addresses()).isEmpty();
    }

    @Test
    void aPendingInterruptChangesNothingAndStays() {
        Value value = Samples.value(1, 100_000);
        Thread.currentThread().interrupt();
        try {
            values.put(value);
            values.put(value);

            assertThat(found(value.address())).isEqualTo(value);
            assertThat(values.contains(value.address())).isTrue();
            assertThat(addresses()).containsExactly(value.address());
            assertThat(values.remove(value.address())).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void manyThreadsStoreAndFindTheSameValues() {
        Threads.inParallel(
                8,
                thread -> IntStream.range(0, 200).forEach(number -> {
                    Value value = Samples.value(number % 20, 3000);
                    values.put(value);
                    assertThat(found(value.address())).isEqualTo(value);
                }));

        assertThat(addresses()).hasSize(20);
    }

    @Test
    void aClosedStorageMissesAndRefuses() {
        Value value = Samples.value(1, 10);
        values.put(value);

        values.close();

        assertThat(values.find(value.address()))
                .isInstanceOfSatisfying(
                        Lookup.Miss.class, miss -> assertThat(miss.reason()).isEqualTo(Lookup.Reason.UNAVAILABLE));
        assertThat(values.contains(value.address())).isFalse();
        assertThatThrownBy(() -> values.put(value))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> values.remove(value.address())).isInstanceOf(StorageException.class);
        assertThatThrownBy(values::addresses).isInstanceOf(StorageException.class);
        assertThatCode(values::close).doesNotThrowAnyException();
    }

    private Value found(Address address) {
        return Samples.found(values.find(address));
    }

    private List<Address> addresses() {
        try (Stream<Address> addresses = values.addresses()) {
            return addresses.toList();
        }
    }
}
