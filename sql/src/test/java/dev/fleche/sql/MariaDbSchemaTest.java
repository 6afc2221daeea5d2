package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that a process was making when it was killed; the server commits each statement by itself. */
class MariaDbSchemaTest {

    private static String[] statements() throws IOException {
        try (InputStream script = Schema.class.getResourceAsStream("schema-mariadb/V1.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(";\n");
        }
    }

    private static void requireUsable(CacheConfig config) {
        Storages storages = StorageProviders.open(config);
        try {
            assertThat(storages.calls().putIfAbsent(Samples.record(1))).isTrue();
            assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
        } finally {
            storages.values().close();
            storages.calls().close();
            storages.locks().close();
        }
    }

    /** The last statement says that the tables are whole. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void tablesThatAKilledProcessLeftAreCompleted(int made) throws Exception {
        CacheConfig config = ServerStores.newMariaDb();
        String[] statements = statements();
        assertThat(statements).hasSizeGreaterThan(made + 1);
        try (Connection connection = ServerStores.connect(config)) {
            for (int i = 0; i < made; i++) {
                StoredRows.execute(connection, statements[i]);
            }
        }

        requireUsable(config);
    }

    @Test
    void aScriptThatFailedIsRunAgain() throws SQLException {
        CacheConfig config = ServerStores.newMariaDb();
        requireUsable(config);
        try (Connection connection = ServerStores.connect(config)) {
            StoredRows.deleteAll(connection);
            StoredRows.execute(connection, "DELETE FROM fleche_store");
            assertThat(StoredRows.execute(connection, "UPDATE fleche_schema SET success = 0 WHERE version = '1'"))
                    .isEqualTo(1);
        }

        requireUsable(config);
    }

    /** What was made, but for the note that it was. */
    @Test
    void tablesWithoutTheNoteOfTheirMakingAreTakenAsTheyAre() throws SQLException {
        CacheConfig config = ServerStores.newMariaDb();
        requireUsable(config);
        try (Connection connection = ServerStores.connect(config)) {
            StoredRows.deleteAll(connection);
            StoredRows.execute(connection, "DELETE FROM fleche_schema WHERE version = '1'");
        }

        requireUsable(config);
    }
}
