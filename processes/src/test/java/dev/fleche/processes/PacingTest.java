package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacingTest {

    private final Pacing pacing = new Pacing();

    private void took(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            pacing.took(nanos, nanos);
        }
    }

    @Test
    void atFirstAWorkerHasOneTask() {
        assertThat(pacing.depth()).isEqualTo(1);
    }

    @Test
    void tinyTasksAreGivenAheadUpToTheLimit() {
        took(100, 10_000);

        assertThat(pacing.depth()).isEqualTo(Pacing.MAX_DEPTH);
    }

    @Test
    void tasksOfMoreThanAMillisecondAreGivenOneByOne() {
        took(100, 10_000);
        took(100, 1_100_000);

        assertThat(pacing.depth()).isEqualTo(1);
    }

    @Test
    void asManyAreGivenAsFillTwoMilliseconds() {
        took(100, 200_000);

        assertThat(pacing.depth()).isBetween(9, 11);
    }

    @Test
    void aSingleLongTaskIsForgottenSoon() {
        took(100, 10_000);
        took(1, 3_600_000_000_000L);
        took(20, 10_000);

        assertThat(pacing.depth()).isGreaterThan(4);
    }

    @Test
    void largeResultsOfShortTasksAreNotGathered() {
        for (int i = 0; i < 100; i++) {
            pacing.took(10_000, 20_000_000);
        }

        assertThat(pacing.depth()).isEqualTo(1);
    }
}
