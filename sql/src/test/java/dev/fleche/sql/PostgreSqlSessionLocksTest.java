package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.KeyLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgreSqlSessionLocksTest extends ServerKeyLocksContract {

    private final CacheConfig config = ServerStores.newPostgreSql();

    @Override
    protected CacheConfig config() {
        return config;
    }

    @Test
    void theLocksOfALostConnectionAreTakenOnceMore() throws SQLException {
        lock(1);
        KeyLock second = lock(2);

        killConnections();
        lock(3);

        assertThat(heldAsOthersSee(5)).isEqualTo("held [1, 2, 3]");
        second.close();
        assertThat(heldAsOthersSee(5)).isEqualTo("held [1, 3]");
    }

    private void killConnections() throws SQLException {
        try (Connection connection = ServerStores.connect(config);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }
}
