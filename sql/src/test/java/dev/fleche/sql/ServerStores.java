package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Stores on the servers that tests share, each in a database of its own. */
final class ServerStores {

    private ServerStores() {}

    /** Returns what opens a store in an empty database of PostgreSQL. */
    static CacheConfig newPostgreSql() {
        try {
            return config("postgresql", PostgreSqlServer.shared().newDatabase());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns what opens a store in an empty database of MariaDB. */
    static CacheConfig newMariaDb() {
        try {
            return config("mariadb", MariaDbServer.shared().newDatabase());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns what opens a store in the database at {@code url}. */
    static CacheConfig config(String type, String url) {
        return CacheConfig.of(type).with("url", url).with("poolSize", "4");
    }

    /** Returns the database of a store, as a store uses it. */
    static Database open(Dialect dialect, CacheConfig config) {
        ServerConfig server = ServerConfig.of(dialect, config);
        return new Database(dialect, server.place(), new ServerSessions(server, new ServerSource(server)), 1, () -> {});
    }

    /** Returns a connection to the database of a store. */
    static Connection connect(CacheConfig config) throws SQLException {
        return DriverManager.getConnection(config.options().get("url"));
    }
}
