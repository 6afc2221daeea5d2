package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The servers that other tests use keep what they were told, and come back. */
class ServersTest {

    @Test
    void postgreSqlKeepsItsDataWhenItIsStoppedAndWhenItIsKilled() throws SQLException, IOException {
        PostgreSqlServer server = PostgreSqlServer.stoppable();
        String url = server.newDatabase();
        execute(url, "CREATE TABLE t (n INTEGER)");

        server.stop();
        assertThatThrownBy(() -> execute(url, "INSERT INTO t VALUES (1)")).isInstanceOf(SQLException.class);
        server.restart();
        execute(url, "INSERT INTO t VALUES (1)");
        server.kill();
        server.restart();

        assertThat(count(url)).isEqualTo(1);
    }

    @Test
    void mariaDbKeepsItsDataWhenItIsStoppedAndWhenItIsKilled() throws SQLException, IOException {
        MariaDbServer server = MariaDbServer.stoppable();
        String url = server.newDatabase();
        execute(url, "CREATE TABLE t (n INTEGER)");

        server.stop();
        assertThatThrownBy(() -> execute(url, "INSERT INTO t VALUES (1)")).isInstanceOf(SQLException.class);
        server.restart();
        execute(url, "INSERT INTO t VALUES (1)");
        server.kill();
        server.restart();

        assertThat(count(url)).isEqualTo(1);
    }

    @Test
    void eachTestHasADatabaseOfItsOwn() throws SQLException {
        assertThat(PostgreSqlServer.shared().newDatabase())
                .isNotEqualTo(PostgreSqlServer.shared().newDatabase());
        assertThat(MariaDbServer.shared().newDatabase())
                .isNotEqualTo(MariaDbServer.shared().newDatabase());
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
            result.next();
            return result.getInt(1);
        }
    }
}
