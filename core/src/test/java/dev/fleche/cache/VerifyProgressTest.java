package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.KeyLocks;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.storage.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifyProgressTest {

    private final AtomicLong nanos = new AtomicLong();

    /** An upkeep that takes two seconds, by the clock of this test. */
    private final class SlowUpkeep implements Upkeep {

        @Override
        public List<Flaw> check() {
            return List.of();
        }

        @Override
        public List<Flaw> check(Runnable step) {
            for (int i = 0; i < 20; i++) {
                nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
                step.run();
            }
            return check();
        }

        @Override
        public List<Flaw> repair() {
            return List.of();
        }

        @Override
        public long sizeBytes() {
            return 0;
        }
    }

    @Test
    void aListenerIsToldEachSecondWhileTheSurroundingsAreChecked() {
        Storages memory = StorageProviders.open(CacheConfig.of("memory"));
        Storages slow = new Storages(memory.values(), memory.calls(), KeyLocks.none(), new SlowUpkeep());
        List<VerifyProgress> told = new ArrayList<>();

        new StoreVerifier(slow, Verification.checking().withProgress(told::add), nanos::get).verify();

        assertThat(told)
                .filteredOn(progress -> progress.part() == VerifyProgress.Part.SURROUNDINGS)
                .extracting(VerifyProgress::elapsed)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
}
