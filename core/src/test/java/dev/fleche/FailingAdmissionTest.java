package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A storage that breaks its contract while a call is given up, as any code may where the stack ends. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailingAdmissionTest {

    private static volatile boolean fails;

    static int length(String text) {
        if (fails) {
            throw new IllegalArgumentException("body");
        }
        return text.length();
    }

    /** Stores what it is given, and overflows the stack when an admission ends. */
    private record Overflowing(CallStorage calls) implements CallStorage {

        @Override
        public Lookup<CallRecord> find(Digest key) {
            return calls.find(key);
        }

        @Override
        public boolean contains(Digest key) {
            return calls.contains(key);
        }

        @Override
        public boolean putIfAbsent(CallRecord stored) {
            return calls.putIfAbsent(stored);
        }

        @Override
        public void replace(CallRecord stored) {
            calls.replace(stored);
        }

        @Override
        public boolean remove(Digest key) {
            return calls.remove(key);
        }

        @Override
        public Stream<Digest> keys() {
            return calls.keys();
        }

        @Override
        public Stream<CallRecord> records() {
            return calls.records();
        }

        @Override
        public Admission admit(Digest key, Set<Address> values) {
            return () -> {
                if (fails) {
                    throw new StackOverflowError("admission");
                }
            };
        }

        @Override
        public void close() {
            calls.close();
        }
    }

    @Test
    void nobodyWaitsForACallThatCouldNotBeGivenUpCleanly() throws Exception {
        Storages memory = StorageProviders.open(CacheConfig.of("memory"));
        String large = "x".repeat(5000);
        try (Cache cache = Cache.of(memory.values(), new Overflowing(memory.calls()))) {
            Memo1<String, Integer> length =
                    Fleche.of(FailingAdmissionTest::length).in(cache);
            fails = true;
            assertThatThrownBy(() -> length.apply(large)).isInstanceOf(StackOverflowError.class);
            fails = false;

            CompletableFuture<Integer> another = CompletableFuture.supplyAsync(() -> length.apply(large));

            assertThat(another.get(30, TimeUnit.SECONDS)).isEqualTo(5000);
        }
    }
}
