package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.Flaw;
import dev.fleche.testing.LogRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class VerifyTallyTest {

    private final AtomicLong nanos = new AtomicLong();

    private void step(VerifyTally tally, long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        tally.step();
    }

    @Test
    void aListenerIsToldOnceASecond() {
        List<VerifyProgress> told = new ArrayList<>();
        VerifyTally tally = new VerifyTally(Verification.checking().withProgress(told::add), nanos::get);

        for (int i = 0; i < 35; i++) {
            step(tally, 100);
        }

        assertThat(told).extracting(each -> each.elapsed().toMillis()).containsExactly(1000L, 2000L, 3000L);
    }

    @Test
    void withoutAListenerTenSecondsAreOneLine() {
        VerifyTally tally = new VerifyTally(Verification.checking(), nanos::get);
        tally.begin(VerifyProgress.Part.VALUES);
        tally.value(1_500_000);
        LogRecords log = new LogRecords("dev.fleche.cache");
        try {
            for (int i = 0; i < 25; i++) {
                step(tally, 1000);
            }

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "verifying values: 1 values and 0 call records checked, 1,500,000 bytes, 0 flaws, 10 s",
                            "verifying values: 1 values and 0 call records checked, 1,500,000 bytes, 0 flaws, 20 s");
        } finally {
            log.close();
        }
    }

    @Test
    void manyFlawsAreCountedAndTheFirstOfThemKept() {
        VerifyTally tally = new VerifyTally(Verification.checking(), nanos::get);

        for (int i = 0; i < 1500; i++) {
            tally.found(new Flaw(Flaw.Kind.DAMAGED_VALUE, "value " + i, "is damaged"));
        }

        VerifyReport report = tally.report(true, 0);
        assertThat(report.foundCount()).isEqualTo(1500);
        assertThat(report.flaws()).hasSize(1000);
        assertThat(report.text().lines())
                .hasSize(1002)
                .contains("  DAMAGED_VALUE value 999: is damaged")
                .endsWith("  and 500 flaws more");
    }

    @Test
    void theFirstObstacleIsTheOneReported() {
        VerifyTally tally = new VerifyTally(Verification.repairing(), nanos::get);
        tally.obstacle("read-only file system");
        tally.obstacle("something else");

        assertThat(tally.report(true, 0).toString()).endsWith("; not all could be repaired: read-only file system");
    }
}
