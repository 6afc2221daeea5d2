package dev.fleche.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fleche.storage.Durability;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;

/** The pooled connections of this process to a server. Safe for use by several threads. */
final class ServerSessions implements Sessions {

    private static final String UNREACHABLE = "08001";
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final long STEP_MILLIS = 250;
    private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final Dialect dialect;
    private final HikariDataSource pool;
    private final ServerSource source;
    private final Outage outage = new Outage(System::nanoTime);

    ServerSessions(ServerConfig config, ServerSource source) {
        dialect = config.dialect();
        this.source = source;
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("fleche " + config.place());
        settings.setDataSource(source);
        settings.setMaximumPoolSize(config.poolSize());
        settings.setMinimumIdle(0);
        settings.setIdleTimeout(IDLE_MILLIS);
        settings.setConnectionTimeout(STEP_MILLIS);
        // the caller has made the first connection
        settings.setInitializationFailTimeout(-1);
        settings.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (dialect == Dialect.POSTGRESQL) {
            settings.setConnectionInitSql(
                    "SET synchronous_commit TO " + (config.durability() == Durability.DURABLE ? "on" : "off"));
        }
        pool = new HikariDataSource(settings);
    }

    @Override
    public Session acquire(boolean writing) throws SQLException {
        if (!outage.mayTry()) {
            throw new SQLTransientConnectionException(
                    "the server could not be reached a moment ago, and is asked again soon", UNREACHABLE);
        }
        boolean connected = false;
        try {
            Connection connection = connect();
            connected = true;
            outage.end();
            return new Session(dialect, connection);
        } finally {
            // with connections, all of them are in use
            if (!connected && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
                outage.begin();
            }
        }
    }

    /**
     * Waits in steps: the pool goes on trying behind a caller's back, and does not tell that the server refuses, which
     * it mostly does at once.
     */
    private Connection connect() throws SQLException {
        long refusals = source.refusals();
        long start = System.nanoTime();
        while (true) {
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException e) {
                boolean refused = source.refusals() != refusals
                        && pool.getHikariPoolMXBean().getTotalConnections() == 0;
                if (refused || pool.isClosed() || System.nanoTime() - start > MAX_WAIT_NANOS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void release(Session session, boolean writing, boolean sound) {
        try {
            if (!sound) {
                pool.evictConnection(session.connection());
            }
            session.close();
        } catch (SQLException e) {
            // the pool drops a connection that does not come back in good order
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
