package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.KeyLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MariaDbSessionLocksTest extends ServerKeyLocksContract {

    private final CacheConfig config = ServerStores.newMariaDb();

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
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT id FROM information_schema.processlist"
                    + " WHERE db = DATABASE() AND id <> CONNECTION_ID()")) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            for (long id : ids) {
                statement.execute("KILL " + id);
            }
        }
    }
}
