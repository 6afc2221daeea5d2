package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.Storages;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The opening of a store on a server. */
final class ServerStore {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.sql");
    private static final Object PREPARING = new Object();

    private ServerStore() {}

    /**
     * Opens the store that a configuration names, which is made if it is not there.
     *
     * @throws IllegalArgumentException if an option is unknown, missing or out of range
     * @throws StorageException if the server cannot be reached, or refuses; nothing is changed then
     */
    static Storages open(Dialect dialect, CacheConfig options) {
        ServerConfig config = ServerConfig.of(dialect, options);
        LockOptions locks = LockOptions.of(options);
        boolean interrupted = Thread.interrupted();
        try {
            return open(config, locks);
        } catch (SQLException e) {
            throw new StorageException(config.place() + " cannot be opened: " + Database.oneLine(e), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Storages open(ServerConfig config, LockOptions locks) throws SQLException {
        ServerSource source = new ServerSource(config);
        String place = config.place();
        boolean current;
        try (Connection connection = source.getConnection()) {
            current = Schema.isCurrent(connection, place);
            warnIfNotDurable(config, connection);
        }
        if (!current) {
            synchronized (PREPARING) {
                prepareAlone(config, source);
            }
        }
        Database database = new Database(config.dialect(), place, pool(config, source), 2, () -> {});
        removeDeadOwners(database);
        return new Storages(
                new SqlValueStorage(database),
                new SqlCallStorage(database, new ServerAdmissions(database)),
                locks.open(config, source),
                new SqlUpkeep(database, new ServerCare(database)));
    }

    /** MariaDB has no setting for a session, so that a server may be less durable than what a store asks for. */
    private static void warnIfNotDurable(ServerConfig config, Connection connection) throws SQLException {
        if (config.dialect() != Dialect.MARIADB || config.durability() != Durability.DURABLE) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT @@GLOBAL.innodb_flush_log_at_trx_commit")) {
            if (rows.next() && rows.getInt(1) != 1) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "expected innodb_flush_log_at_trx_commit = 1 of the server of " + config.place()
                                + ", since the option durability is durable, found " + rows.getInt(1)
                                + "; what was stored in the last second may be lost in a power failure, unless the"
                                + " server's administrator sets it to 1");
            }
        }
    }

    /** Of all processes, one at a time: Flyway's own lock comes too late for its own table. */
    private static void prepareAlone(ServerConfig config, ServerSource source) throws SQLException {
        String place = config.place();
        try (Session session = new Session(config.dialect(), source.getConnection())) {
            session.begin();
            if (!AdvisoryLocking.lockForTransaction(session)) {
                throw new SQLException("another process has been preparing it for too long");
            }
            try {
                if (!Schema.isCurrent(session.connection(), place)) {
                    Schema.migrate(config.dialect(), source, place);
                }
            } finally {
                AdvisoryLocking.unlockTransaction(session);
            }
        }
    }

    private static Sessions pool(ServerConfig config, ServerSource source) {
        try {
            return new ServerSessions(config, source);
        } catch (NoClassDefFoundError e) {
            throw new StorageException(
                    "servers need the connection pool HikariCP on the class path or module path; add"
                            + " com.zaxxer:HikariCP, and on the module path --add-modules com.zaxxer.hikari",
                    e);
        }
    }

    private static void removeDeadOwners(Database database) {
        try {
            database.write(ServerAdmissions::removeDeadOwners);
            database.write(LeaseLocking::removeForgotten);
        } catch (StorageException e) {
            // a user who may only read; somebody else will remove them
            LOGGER.log(System.Logger.Level.DEBUG, "what dead owners left cannot be removed", e);
        }
    }
}
