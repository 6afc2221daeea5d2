package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.LogRecords;
import dev.fleche.testing.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the connections that save wait for, as their databases say. */
class DurabilityTest {

    /** Stores a record, and asks over the connection that stored it. */
    private static String saving(CacheConfig config, Durability durability, String question) {
        Storages storages = StorageProviders.open(config.with(CacheConfig.DURABILITY, durability.toString()));
        try {
            storages.values().put(Samples.value(1, 1000));
            storages.calls().replace(Samples.record(1));
            Database database = ((SqlCallStorage) storages.calls()).database();
            // one thread alone gets the same connection again
            return database.write(
                    session -> session.query(question, row -> row.getString(1)).get(0));
        } finally {
            storages.locks().close();
            storages.values().close();
            storages.calls().close();
        }
    }

    @Test
    void sqliteSyncsItsLogAtEachSaveIfItIsToBeDurable(@TempDir Path directory) {
        CacheConfig config = SqliteFiles.config(directory);

        assertThat(saving(config, Durability.FAST, "PRAGMA synchronous")).isEqualTo("1");
        assertThat(saving(config, Durability.DURABLE, "PRAGMA synchronous")).isEqualTo("2");
        assertThat(saving(config, Durability.FAST, "PRAGMA journal_mode")).isEqualTo("wal");
    }

    @Test
    void postgreSqlWaitsForItsLogIfItIsToBeDurable() {
        CacheConfig config = ServerStores.newPostgreSql();

        assertThat(saving(config, Durability.FAST, "SHOW synchronous_commit")).isEqualTo("off");
        assertThat(saving(config, Durability.DURABLE, "SHOW synchronous_commit"))
                .isEqualTo("on");
    }

    @Test
    void mariaDbThatIsLessDurableThanAStoreIsReported() {
        CacheConfig config = ServerStores.newMariaDb();
        String question = "SELECT @@GLOBAL.innodb_flush_log_at_trx_commit";
        LogRecords records = new LogRecords("dev.fleche");
        try {
            assertThat(saving(config, Durability.FAST, question)).isEqualTo("2");
            assertThat(records.warnings()).isEmpty();

            assertThat(saving(config, Durability.DURABLE, question)).isEqualTo("2");
            assertThat(records.warnings())
                    .singleElement()
                    .asString()
                    .contains("expected innodb_flush_log_at_trx_commit = 1", "found 2");
        } finally {
            records.close();
        }
    }
}
