package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.storage.CacheConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockOptionsTest {

    private final CacheConfig config = CacheConfig.of("postgresql");

    @Test
    void sessionsLockUnlessTheConfigurationSaysOtherwise() {
        assertThat(LockOptions.of(config)).isEqualTo(new LockOptions("session", Duration.ofSeconds(30)));
        assertThat(LockOptions.of(config.with("locks", "lease").with("leaseSeconds", "7")))
                .isEqualTo(new LockOptions("lease", Duration.ofSeconds(7)));
    }

    @Test
    void anUnknownWayToLockIsRefused() {
        assertThatThrownBy(() -> LockOptions.of(config.with("locks", "file")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected session, lease or none as option locks of type postgresql, found \"file\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3601", "soon", ""})
    void aLeaseOutOfRangeIsRefused(String seconds) {
        assertThatThrownBy(() -> LockOptions.of(config.with("leaseSeconds", seconds)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a number of seconds from 1 to 3600 as option leaseSeconds of type postgresql,"
                        + " found \"" + seconds + "\"");
    }
}
