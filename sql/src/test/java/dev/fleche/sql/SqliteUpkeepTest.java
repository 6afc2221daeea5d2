package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpkeepTest extends SqlUpkeepContract {

    private static final String LONG =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                    + " SELECT COUNT(*) FROM n";

    @TempDir
    Path directory;

    @Override
    CacheConfig config() {
        return SqliteFiles.config(directory);
    }

    @Override
    Database open(CacheConfig config) {
        return new Database(
                Dialect.SQLITE,
                "the database",
                new SqliteSessions(directory.resolve(SqliteStore.FILE), List.of()),
                1,
                () -> {});
    }

    @Override
    SqlUpkeep.Care care(Database database) {
        return new SqliteCare(database, directory.resolve(SqliteStore.FILE));
    }

    @Test
    void aStepIsMadeDuringALongStatement() {
        AtomicInteger made = new AtomicInteger();
        SqliteSteps steps = new SqliteSteps(made::incrementAndGet);
        try (var opened = closing()) {
            String count = opened.database.read(session -> steps.during(
                    session.connection(),
                    () -> session.query(LONG, row -> row.getString(1)).get(0)));

            assertThat(count).isEqualTo("100000");
            assertThat(made.get()).isGreaterThan(10);
        }
    }

    @Test
    void whatAStepThrowsEndsALongStatement() {
        SqliteSteps steps = new SqliteSteps(() -> {
            throw new IllegalStateException("enough");
        });
        try (var opened = closing()) {
            assertThatThrownBy(() -> opened.database.read(session ->
                            steps.during(session.connection(), () -> session.query(LONG, row -> row.getString(1)))))
                    .hasMessageContaining("interrupt");

            assertThatThrownBy(steps::rethrow).isInstanceOf(IllegalStateException.class);
        }
    }

    private record Opened(Database database) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
        }
    }

    private Opened closing() {
        return new Opened(open(config()));
    }
}
