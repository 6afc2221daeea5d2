package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {

    private long now = Long.MAX_VALUE - 10;
    private final Outage outage = new Outage(() -> now);

    @Test
    void aServerThatAnswersIsAskedAtOnce() {
        assertThat(outage.mayTry()).isTrue();
        assertThat(outage.mayTry()).isTrue();
    }

    @Test
    void oneAttemptInAWhileIsMadeAtADeadServer() {
        outage.begin();
        assertThat(outage.mayTry()).isFalse();

        now += Duration.ofSeconds(1).toNanos();

        assertThat(outage.mayTry()).isTrue();
        assertThat(outage.mayTry()).isFalse();
    }

    @Test
    void theWhileGrowsUpToHalfAMinute() {
        for (int i = 0; i < 20; i++) {
            outage.begin();
            now += Duration.ofSeconds(30).toNanos();
            assertThat(outage.mayTry()).isTrue();
        }
        outage.begin();
        now += Duration.ofSeconds(29).toNanos();
        assertThat(outage.mayTry()).isFalse();
    }

    @Test
    void onceTheServerAnswersAllIsAsBefore() {
        outage.begin();
        outage.end();

        assertThat(outage.mayTry()).isTrue();
    }
}
