package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digest;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for leases and their tokens. */
abstract class LeaseLockingContract {

    private final Digest key = Samples.key(1);
    private final CacheConfig config = newStore();
    private final Dialect dialect = dialect();
    private final LeaseLocking first = new LeaseLocking(dialect, Duration.ofHours(1));
    private final LeaseLocking second = new LeaseLocking(dialect, Duration.ofHours(1));
    private Session session;

    abstract Dialect dialect();

    abstract CacheConfig newStore();

    @BeforeEach
    void open() throws SQLException {
        Storages storages = StorageProviders.open(config);
        storages.locks().close();
        storages.values().close();
        storages.calls().close();
        session = new Session(dialect, ServerStores.connect(config));
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    private void runOut() throws SQLException {
        assertThat(session.update("UPDATE fleche_lease SET expires = 0")).isEqualTo(1);
    }

    @Test
    void aLeaseExcludesOthersUntilItIsGivenUp() throws SQLException {
        long token = first.lock(session, key).getAsLong();

        assertThat(second.lock(session, key)).isEmpty();
        first.unlock(session, key, token);
        assertThat(second.lock(session, key)).isPresent();
    }

    @Test
    void aLeaseThatRanOutIsTakenOverWithAGreaterToken() throws SQLException {
        long former = first.lock(session, key).getAsLong();
        runOut();

        OptionalLong token = second.lock(session, key);

        assertThat(token.getAsLong()).isGreaterThan(former);
    }

    @Test
    void whoLostALeaseNeitherRenewsItNorGivesItUp() throws SQLException {
        long former = first.lock(session, key).getAsLong();
        runOut();
        long token = second.lock(session, key).getAsLong();

        assertThat(first.renew(session, key, former)).isFalse();
        first.unlock(session, key, former);

        assertThat(second.renew(session, key, token)).isTrue();
        assertThat(first.lock(session, key)).isEmpty();
    }

    @Test
    void aLeaseThatRanOutIsRenewedIfNobodyTookItOver() throws SQLException {
        long token = first.lock(session, key).getAsLong();
        runOut();

        assertThat(first.renew(session, key, token)).isTrue();

        assertThat(second.lock(session, key)).isEmpty();
    }

    @Test
    void tokensGrowOverReleases() throws SQLException {
        long former = first.lock(session, key).getAsLong();
        first.unlock(session, key, former);

        assertThat(second.lock(session, key).getAsLong()).isGreaterThan(former);
    }
}
