package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordFilter;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for storages that outlive the process and are shared between processes.
 *
 * <p>Extend it, name the storages by a configuration, and say how their bytes are damaged from outside.
 */
public abstract class PersistentStorageContract {

    private static final int KILLS = Integer.getInteger("dev.fleche.test.kills", 20);

    private Storages storages;

    /** Returns what opens this test's storages, in any process; empty before the first. */
    protected abstract CacheConfig config();

    /** Changes the stored bytes of a record behind the storage's back. */
    protected abstract void damageRecord(Digest key, UnaryOperator<byte[]> damage);

    /** Changes the stored bytes of a value behind the storage's back. */
    protected abstract void damageValue(Address address, UnaryOperator<byte[]> damage);

    /** Checks that the next opening removes what killed writers left; for storages that need no sweeping, nothing. */
    protected void checkNothingLeft() {}

    /** Returns how often a writer is killed. */
    protected int kills() {
        return KILLS;
    }

    @BeforeEach
    void open() {
        storages = StorageProviders.open(config());
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
    }

    static Map<String, UnaryOperator<byte[]>> damages() {
        Map<String, UnaryOperator<byte[]>> damages = new TreeMap<>();
        damages.put("first bit flipped", bytes -> flipped(bytes, 0));
        damages.put("middle bit flipped", bytes -> flipped(bytes, bytes.length / 2));
        damages.put("last bit flipped", bytes -> flipped(bytes, bytes.length - 1));
        damages.put("half", bytes -> Arrays.copyOf(bytes, bytes.length / 2));
        damages.put("one byte short", bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        damages.put("one byte more", bytes -> Arrays.copyOf(bytes, bytes.length + 1));
        damages.put("empty", bytes -> new byte[0]);
        damages.put("zeros", bytes -> new byte[bytes.length]);
        damages.put("noise", bytes -> {
            byte[] noise = bytes.clone();
            new Random(bytes.length).nextBytes(noise);
            return noise;
        });
        return damages;
    }

    static Stream<String> damageNames() {
        return damages().keySet().stream();
    }

    @Test
    void whatWasStoredIsFoundAfterReopening() {
        storages.values().put(StorageProcess.result(1));
        storages.calls().putIfAbsent(StorageProcess.record(1));

        close();
        open();

        assertSound(1);
        assertThat(storages.calls().putIfAbsent(StorageProcess.record(1))).isFalse();
    }

    @Test
    void whatAHaltedProcessStoredIsFound() {
        try (ChildJvm child = StorageProcess.launch(config(), "store", 0, 60).start()) {
            child.result();
        }

        LongStream.range(0, 60).forEach(this::assertSound);
        assertThat(records()).hasSize(60);
    }

    @Test
    void anotherProcessSeesWhatThisOneHoldsOpen() {
        storages.calls().putIfAbsent(Samples.record(1, "this"));

        try (ChildJvm child = StorageProcess.launch(config(), "race", 0, 3).start()) {
            child.send("go");

            // newer JVMs add what they think of native libraries
            assertThat(child.result())
                    .filteredOn(line -> line.startsWith("won "))
                    .containsExactly("won 0", "won 2");
        }
        assertThat(records()).hasSize(3);
    }

    @Test
    void ofTwoProcessesExactlyOneStoresEachRecord() {
        try (ChildJvm one = StorageProcess.launch(config(), "race", 0, 400).start();
                ChildJvm two = StorageProcess.launch(config(), "race", 0, 400).start()) {
            for (ChildJvm child : List.of(one, two)) {
                child.awaitLine("ready");
            }
            one.send("go");
            two.send("go");

            Stream<String> wins =
                    Stream.concat(one.result().stream(), two.result().stream()).filter(line -> line.startsWith("won"));
            assertThat(wins)
                    .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 400)
                            .mapToObj(number -> "won " + number)
                            .toList());
            for (CallRecord record : records()) {
                assertThat(record.tags().get("writer")).isIn("process " + one.pid(), "process " + two.pid());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("damageNames")
    void aDamagedRecordIsAMissUntilItIsReplaced(String damage) {
        CallRecord record = Samples.record(1);
        storages.calls().putIfAbsent(record);
        storages.calls().putIfAbsent(Samples.record(2));

        damageRecord(record.key(), damages().get(damage));

        assertThat(missReason(storages.calls().find(record.key()))).isEqualTo(Lookup.Reason.DAMAGED);
        assertThat(records()).containsExactly(Samples.record(2));
        assertThat(storages.calls().putIfAbsent(record)).isFalse();
        storages.calls().replace(record);
        assertThat(Samples.found(storages.calls().find(record.key()))).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("damageNames")
    void aDamagedValueIsAMissUntilItIsStoredAgain(String damage) {
        Value value = Samples.value(1, 150_000);
        storages.values().put(value);

        damageValue(value.address(), damages().get(damage));

        assertThat(missReason(storages.values().find(value.address()))).isEqualTo(Lookup.Reason.DAMAGED);
        storages.values().put(value);
        assertThat(Samples.found(storages.values().find(value.address())).encoded())
                .isEqualTo(value.encoded());
    }

    @Test
    void keysOfDamagedRecordsAreListedToo() {
        storages.calls().putIfAbsent(Samples.record(1));
        storages.calls().putIfAbsent(Samples.record(2));
        damageRecord(Samples.key(1), bytes -> new byte[0]);

        try (Stream<Digest> keys = storages.calls().keys()) {
            assertThat(keys).containsExactlyInAnyOrder(Samples.key(1), Samples.key(2));
        }
    }

    @Test
    void soundRecordsAreSelectedByAFilter() {
        LongStream.range(0, 20)
                .forEach(number -> storages.calls().putIfAbsent(Samples.record(number, "writer " + number % 3)));
        damageRecord(Samples.key(4), bytes -> flipped(bytes, bytes.length / 2));
        RecordFilter filter = RecordFilter.ALL
                .withTag("writer", "writer 1")
                .withBefore(Samples.record(10).start());

        try (Stream<CallRecord> records = storages.calls().records(filter)) {
            assertThat(records).containsExactlyInAnyOrder(Samples.record(1, "writer 1"), Samples.record(7, "writer 1"));
        }
    }

    @Test
    void aLongValueIsVerifiedInFull() {
        Value value = Samples.value(1, (16 << 20) + 100_000);
        storages.values().put(value);
        assertThat(Samples.found(storages.values().verify(value.address())).size())
                .isEqualTo(value.size());

        damageValue(value.address(), bytes -> flipped(bytes, bytes.length - 50_000));

        assertThat(missReason(storages.values().verify(value.address()))).isEqualTo(Lookup.Reason.DAMAGED);
        assertThat(storages.values().verify(Samples.unknownAddress())).isEqualTo(Lookup.absent());
    }

    @Test
    void damagedEntriesCanBeRemoved() {
        Value value = Samples.value(1, 2000);
        storages.values().put(value);
        storages.calls().putIfAbsent(Samples.record(1));
        damageValue(value.address(), bytes -> flipped(bytes, 3));
        damageRecord(Samples.key(1), bytes -> flipped(bytes, 3));

        assertThat(storages.values().remove(value.address())).isTrue();
        assertThat(storages.calls().remove(Samples.key(1))).isTrue();

        assertThat(storages.values().find(value.address())).isEqualTo(Lookup.absent());
        assertThat(storages.calls().find(Samples.key(1))).isEqualTo(Lookup.absent());
    }

    @Test
    void anInterruptedThreadOpensReadsWritesAndCloses() {
        close();
        Thread.currentThread().interrupt();
        try {
            open();
            storages.values().put(StorageProcess.result(1));
            storages.calls().putIfAbsent(StorageProcess.record(1));
            close();
            open();
            assertSound(1);

            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whatAKilledProcessHadStoredIsSoundAndWhatItHadNotIsAbsent() {
        long seed = Long.getLong("dev.fleche.test.seed", 20260101);
        Random random = new Random(seed);
        long next = 0;
        for (int kill = 0; kill < kills(); kill++) {
            long last = next + random.nextInt(40);
            try (ChildJvm child = StorageProcess.launch(config(), "flood", next, next + 1_000_000)
                    .start()) {
                child.awaitLine("stored " + last + ".");
                child.kill();
            }
            for (long number = next; number <= last; number++) {
                assertSound(number);
            }
            checkAllSound("kill " + kill + ", seed " + seed);
            next += records().size() + 10;
            removeAll();
        }
        storages.upkeep().repair();
        assertThat(storages.upkeep().check()).as("after repairs").isEmpty();
        close();
        checkNothingLeft();
    }

    private void removeAll() {
        records().forEach(record -> storages.calls().remove(record.key()));
        try (Stream<Address> addresses = storages.values().addresses()) {
            addresses.forEach(storages.values()::remove);
        }
    }

    /** Nothing that is listed may be damaged, and no record may lack its value, which was stored before it. */
    private void checkAllSound(String when) {
        try (Stream<Address> addresses = storages.values().addresses()) {
            assertThat(addresses)
                    .as(when)
                    .allSatisfy(address -> Samples.found(storages.values().find(address)));
        }
        assertThat(records().stream().flatMap(record -> record.addresses().stream()))
                .as(when)
                .allSatisfy(address -> Samples.found(storages.values().find(address)));
    }

    private void assertSound(long number) {
        CallRecord record = StorageProcess.record(number);
        assertThat(Samples.found(storages.calls().find(record.key()))).isEqualTo(record);
        Value result = StorageProcess.result(number);
        assertThat(Samples.found(storages.values().find(result.address())).encoded())
                .isEqualTo(result.encoded());
    }

    private List<CallRecord> records() {
        try (Stream<CallRecord> records = storages.calls().records()) {
            return records.toList();
        }
    }

    private static Lookup.Reason missReason(Lookup<?> lookup) {
        return lookup instanceof Lookup.Miss<?> miss ? miss.reason() : fail("expected a miss, found " + lookup);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }
}
