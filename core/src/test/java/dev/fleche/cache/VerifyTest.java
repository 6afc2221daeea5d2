package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.KeyLocks;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.storage.Upkeep;
import dev.fleche.testing.Samples;
import dev.fleche.testing.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification finds in a file store, and what it repairs. */
class VerifyTest {

    private final Value result = Samples.value(1, 5000);
    private final Value argument = Samples.value(2, 3000);
    private final CallRecord small = Samples.record(1);
    private final CallRecord large = withArgument(Samples.record(2, result), argument);

    @TempDir
    Path directory;

    private Storages storages;
    private Cache cache;

    @BeforeEach
    void store() {
        cache = Cache.files(directory);
        storages = StorageProviders.open(CacheConfig.of("files").with("path", directory.toString()));
        storages.values().put(result);
        storages.values().put(argument);
        storages.calls().putIfAbsent(small);
        storages.calls().putIfAbsent(large);
    }

    @AfterEach
    void close() {
        cache.close();
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    @Test
    void aSoundStoreHasNoFlaws() throws IOException {
        long bytes = result.size() + argument.size() + Files.size(file(small)) + Files.size(file(large));

        VerifyReport report = cache.verify();

        assertThat(report.isSound()).isTrue();
        assertThat(report.records()).isEqualTo(2);
        assertThat(report.values()).isEqualTo(2);
        assertThat(report.bytes()).isEqualTo(bytes);
        assertThat(report.text())
                .matches("2 call records and 2 values sound, [0-9,]+ bytes, in [0-9.]+ s; no flaws")
                .isEqualTo(report.toString());
    }

    @Test
    void aDamagedRecordIsFoundAndGoesOnRequest() throws IOException {
        damage(file(small));

        VerifyReport found = cache.verify();
        VerifyReport repaired = cache.verify(Verification.repairing());

        assertThat(found.found()).isEqualTo(Map.of(Flaw.Kind.DAMAGED_RECORD, 1L));
        assertThat(found.flaws().get(0).place()).isEqualTo("call record " + small.key());
        assertThat(found.flaws().get(0).detail()).startsWith(file(small) + " is damaged: ");
        assertThat(found.repaired()).isEmpty();
        assertThat(found.isSound()).isFalse();
        assertThat(repaired.found()).isEqualTo(found.found());
        assertThat(repaired.repaired()).isEqualTo(found.found());
        assertThat(storages.calls().find(small.key())).isEqualTo(Lookup.absent());
        assertThat(cache.verify().isSound()).isTrue();
    }

    @Test
    void aRecordWhoseResultIsDamagedIsComputedAgainAfterARepair() throws IOException {
        damage(file(result));

        VerifyReport found = cache.verify();
        VerifyReport repaired = cache.verify(Verification.repairing());

        assertThat(found.found()).isEqualTo(Map.of(Flaw.Kind.DAMAGED_VALUE, 1L, Flaw.Kind.LOST_VALUE, 1L));
        assertThat(found.flaws().get(1))
                .isEqualTo(new Flaw(
                        Flaw.Kind.LOST_VALUE,
                        "call record " + large.key(),
                        "the value of its result is gone or damaged: " + result.address()));
        assertThat(repaired.repaired()).isEqualTo(found.found());
        assertThat(repaired.toString())
                .contains("2 flaws (DAMAGED_VALUE 1, LOST_VALUE 1); 2 repaired (DAMAGED_VALUE 1, LOST_VALUE 1)");
        assertThat(storages.values().contains(result.address())).isFalse();
        assertThat(storages.calls().contains(large.key())).isFalse();
        assertThat(cache.verify().isSound()).isTrue();
    }

    @Test
    void aRecordThatHasLostAnArgumentKeepsItsResult() {
        storages.values().remove(argument.address());

        VerifyReport report = cache.verify(Verification.repairing());

        assertThat(report.found()).isEqualTo(Map.of(Flaw.Kind.LOST_VALUE, 1L));
        assertThat(report.repaired()).isEqualTo(report.found());
        CallRecord kept = Samples.found(storages.calls().find(large.key()));
        assertThat(kept.result()).isEqualTo(large.result());
        assertThat(kept.arguments().get(0))
                .isEqualTo(new RecordedArgument("mesh", argument.address().sha256(), new StoredValue.NotStored()));
        assertThat(cache.verify().isSound()).isTrue();
    }

    @Test
    void whatThisVersionCannotReadStays() throws Exception {
        byte[] later = Files.readAllBytes(file(result));
        ByteBuffer fields =
                ByteBuffer.wrap(later).order(ByteOrder.LITTLE_ENDIAN).putShort(4, (short) 2);
        CRC32C crc = new CRC32C();
        crc.update(later, 0, 60);
        fields.putInt(60, (int) crc.getValue());
        Files.write(file(result), later);
        byte[] record = Files.readAllBytes(file(small));
        ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putShort(4, (short) 2);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(record, 0, record.length - 32);
        sha256.digest(record, record.length - 32, 32);
        Files.write(file(small), record);

        VerifyReport report = cache.verify(Verification.repairing());

        assertThat(report.found()).isEqualTo(Map.of(Flaw.Kind.UNREADABLE, 2L));
        assertThat(report.repaired()).isEmpty();
        assertThat(file(result)).hasBinaryContent(later);
        assertThat(file(small)).hasBinaryContent(record);
        assertThat(storages.calls().contains(large.key())).isTrue();
    }

    @Test
    void whatDoesNotBelongToTheStoreIsReportedAndStays() throws IOException {
        Path foreign = Files.writeString(directory.resolve("calls/README"), "x");

        VerifyReport report = cache.verify(Verification.repairing());

        assertThat(report.flaws())
                .containsExactly(new Flaw(
                        Flaw.Kind.FOREIGN, foreign.toString(), "does not belong to the store; move it elsewhere"));
        assertThat(report.repaired()).isEmpty();
        assertThat(foreign).exists();
    }

    @Test
    void aDirectoryInPlaceOfAnEntryIsReportedAndStays() throws IOException {
        Files.delete(file(small));
        Files.createDirectory(file(small));

        VerifyReport report = cache.verify(Verification.repairing());

        assertThat(report.found()).isEqualTo(Map.of(Flaw.Kind.UNREADABLE, 1L));
        assertThat(report.repaired()).isEmpty();
        assertThat(file(small)).isDirectory();
    }

    @Test
    void whatOthersStoreMeanwhileIsNeitherAFlawNorRemoved() {
        Threads.inParallel(4, thread -> {
            for (int round = 0; round < 60; round++) {
                if (thread == 0) {
                    VerifyReport report = cache.verify(Verification.repairing());
                    assertThat(report.isSound()).as(report.text()).isTrue();
                } else {
                    long number = 1000L * thread + round;
                    Value stored = Samples.value(number, 2000);
                    storages.values().put(stored);
                    storages.calls().putIfAbsent(Samples.record(number, stored));
                }
            }
        });

        VerifyReport report = cache.verify();
        assertThat(report.isSound()).as(report.text()).isTrue();
        assertThat(report.records()).isEqualTo(182);
        assertThat(report.values()).isEqualTo(182);
    }

    @Test
    void aReadOnlyViewChecksAndRefusesToRepair() throws IOException {
        damage(file(small));
        Cache view = cache.readOnly();

        assertThat(view.verify().foundCount()).isEqualTo(1);
        assertThatThrownBy(() -> view.verify(Verification.repairing()))
                .isInstanceOf(StorageException.class)
                .hasMessage("the cache is read-only, so nothing in it is repaired; verify it with"
                        + " Verification.checking(), or open it for writing");
        assertThat(storages.calls().contains(small.key())).isTrue();
    }

    @Test
    void aClosedCacheIsNotVerified() {
        cache.close();

        assertThatThrownBy(() -> cache.verify())
                .isInstanceOf(StorageException.class)
                .hasMessage("the cache is closed, so it is not verified");
    }

    @Test
    void aCacheThatKeepsNothingIsSound() {
        assertThat(Cache.voidCache().verify(Verification.repairing()).isSound()).isTrue();
    }

    @Test
    void aListenerIsToldOfEachPart() {
        List<VerifyProgress> told = new ArrayList<>();

        cache.verify(Verification.checking().withProgress(told::add));

        assertThat(told).extracting(VerifyProgress::part).containsExactly(VerifyProgress.Part.values());
        assertThat(told.get(2).values()).isEqualTo(2);
    }

    @Test
    void aListenerCanEndTheVerification() {
        assertThatThrownBy(() -> cache.verify(Verification.checking().withProgress(progress -> {
                    throw new IllegalStateException("enough");
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }

    @Test
    void aPendingInterruptChangesNothingAndStays() throws IOException {
        damage(file(small));
        Thread.currentThread().interrupt();
        try {
            VerifyReport report = cache.verify(Verification.repairing());

            assertThat(report.repairedCount()).isEqualTo(1);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aRecordThatAnotherProcessComputesIsLeftToIt() throws IOException {
        damage(file(small));
        KeyLocks busy = new KeyLocks() {
            @Override
            public Optional<KeyLock> tryLock(Digest key) {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
        Storages shared = new Storages(storages.values(), storages.calls(), busy, Upkeep.none());

        VerifyReport report = new StoreVerifier(shared, Verification.repairing(), System::nanoTime).verify();

        assertThat(report.foundCount()).isEqualTo(1);
        assertThat(report.repaired()).isEmpty();
        assertThat(report.obstacle())
                .isEqualTo("another process computes the call " + small.key() + " at this moment; verify again later");
        assertThat(storages.calls().contains(small.key())).isTrue();
    }

    @Test
    void entriesOfABrokenEngineAreNotRead() {
        Flaw engine = new Flaw(Flaw.Kind.ENGINE, "data.mdb", "page 3 is damaged");
        Upkeep broken = new Upkeep() {
            @Override
            public List<Flaw> check() {
                return List.of(engine);
            }

            @Override
            public List<Flaw> repair() {
                return List.of();
            }

            @Override
            public long sizeBytes() {
                return 0;
            }
        };
        Storages shared = new Storages(storages.values(), storages.calls(), KeyLocks.none(), broken);

        VerifyReport report = new StoreVerifier(shared, Verification.repairing(), System::nanoTime).verify();

        assertThat(report.areEntriesChecked()).isFalse();
        assertThat(report.isSound()).isFalse();
        assertThat(report.flaws()).containsExactly(engine);
        assertThat(report.text())
                .startsWith("the entries were not read, since the engine's structure is damaged; 1 flaw (ENGINE 1)");
    }

    @Test
    void aVerificationOfAMemoryCacheReadsIt() {
        Storages memory = StorageProviders.open(CacheConfig.of("memory"));
        memory.calls().putIfAbsent(Samples.record(3, result));
        try (Cache inMemory = Cache.of(memory.values(), memory.calls())) {
            assertThat(inMemory.verify(Verification.repairing()).repaired())
                    .isEqualTo(Map.of(Flaw.Kind.LOST_VALUE, 1L));
            assertThat(inMemory.contains(Samples.key(3))).isFalse();
        }
    }

    private static CallRecord withArgument(CallRecord record, Value value) {
        Digest digest = value.address().sha256();
        return new CallRecord(
                record.key(),
                record.function(),
                record.version(),
                record.codeDigest(),
                List.of(new RecordedArgument("mesh", digest, new StoredValue.Separate(value.address(), value.size()))),
                record.result(),
                record.resultDigest(),
                record.start(),
                record.stop(),
                record.wallTime(),
                record.tags(),
                record.javaVersion(),
                List.of());
    }

    private Path file(CallRecord record) {
        return file("calls", record.key());
    }

    private Path file(Value value) {
        Address address = value.address();
        return file("values", address.sha256());
    }

    private Path file(String area, Digest name) {
        String hex = name.toString();
        return directory.resolve(area).resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
