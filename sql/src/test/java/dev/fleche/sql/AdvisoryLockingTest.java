package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digest;
import dev.fleche.testing.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class AdvisoryLockingTest {

    private final Digest key = Samples.key(1);

    private static boolean lock(Dialect dialect, Session session, Digest key) throws SQLException {
        AdvisoryLocking locking = new AdvisoryLocking(dialect);
        locking.prepare(session);
        return locking.lock(session, key).isPresent();
    }

    @Test
    void storesInSchemasOfOnePostgreSqlDatabaseDoNotMeet() throws SQLException {
        String url = PostgreSqlServer.shared().newDatabase();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA other");
        }
        try (Session first = new Session(Dialect.POSTGRESQL, DriverManager.getConnection(url));
                Session same = new Session(Dialect.POSTGRESQL, DriverManager.getConnection(url));
                Session other = new Session(
                        Dialect.POSTGRESQL, DriverManager.getConnection(url + "&currentSchema=other"))) {
            assertThat(lock(Dialect.POSTGRESQL, first, key)).isTrue();

            assertThat(lock(Dialect.POSTGRESQL, same, key)).isFalse();
            assertThat(lock(Dialect.POSTGRESQL, other, key)).isTrue();
        }
    }

    @Test
    void storesInDatabasesOfOneMariaDbDoNotMeet() throws SQLException {
        String url = MariaDbServer.shared().newDatabase();
        String elsewhere = MariaDbServer.shared().newDatabase();
        try (Session first = new Session(Dialect.MARIADB, DriverManager.getConnection(url));
                Session same = new Session(Dialect.MARIADB, DriverManager.getConnection(url));
                Session other = new Session(Dialect.MARIADB, DriverManager.getConnection(elsewhere))) {
            assertThat(lock(Dialect.MARIADB, first, key)).isTrue();

            assertThat(lock(Dialect.MARIADB, same, key)).isFalse();
            assertThat(lock(Dialect.MARIADB, other, key)).isTrue();
        }
    }

    @Test
    void postgreSqlIsToldToNoticeMachinesThatVanished() throws SQLException {
        try (Session session = new Session(
                Dialect.POSTGRESQL,
                DriverManager.getConnection(PostgreSqlServer.shared().newDatabase()))) {
            new AdvisoryLocking(Dialect.POSTGRESQL).prepare(session);

            int seconds = session.query(
                            "SELECT CAST(current_setting('tcp_keepalives_idle') AS INTEGER)"
                                    + " + CAST(current_setting('tcp_keepalives_interval') AS INTEGER)"
                                    + " * CAST(current_setting('tcp_keepalives_count') AS INTEGER)",
                            row -> row.getInt(1))
                    .get(0);

            assertThat(seconds).isEqualTo(AdvisoryLocking.VANISHED_SECONDS);
        }
    }
}
