package dev.fleche.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connection over which one JVM locks keys of one store; of its own, so that no lock waits for calls that wait for
 * locks.
 *
 * <p>Made when it is needed, and made again when it is lost. Confined to one thread at a time.
 */
final class LockConnection {

    private static final String UNREACHABLE = "08001";
    private static final int ANSWER_MILLIS = (int) TimeUnit.SECONDS.toMillis(5);

    private final Dialect dialect;
    private final DataSource source;
    private final Preparation preparation;
    private final Outage outage = new Outage(System::nanoTime);
    private @Nullable Session session;

    /** What is done with each new connection. */
    interface Preparation {
        void run(Session session) throws SQLException;
    }

    LockConnection(Dialect dialect, DataSource source, Preparation preparation) {
        this.dialect = dialect;
        this.source = source;
        this.preparation = preparation;
    }

    /** Does {@code work}; once more over a new connection if the one there is turns out to be lost. */
    <T> T run(Database.Work<T> work) throws SQLException {
        Session known = session;
        if (known != null) {
            try {
                return attempt(known, work);
            } catch (SQLException e) {
                if (session != null) {
                    throw e;
                }
            }
        }
        return attempt(connect(), work);
    }

    private <T> T attempt(Session used, Database.Work<T> work) throws SQLException {
        try {
            return work.run(used);
        } catch (SQLException e) {
            if (Dialect.isConnectionLost(e) || used.connection().isClosed()) {
                close();
            }
            throw e;
        } catch (RuntimeException e) {
            // drivers throw them for what they did not expect; nobody knows in which state the connection is
            close();
            throw new SQLException(e.toString(), e);
        }
    }

    private Session connect() throws SQLException {
        if (!outage.mayTry()) {
            throw new SQLTransientConnectionException(
                    "the server could not be reached a moment ago, and is asked again soon", UNREACHABLE);
        }
        boolean connected = false;
        try {
            Connection connection = source.getConnection();
            Session opened = new Session(dialect, connection);
            session = opened;
            // the answer to a request for a lock is short, and somebody waits for it
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            attempt(opened, prepared -> {
                preparation.run(prepared);
                return true;
            });
            outage.end();
            connected = true;
            return opened;
        } finally {
            if (!connected) {
                outage.begin();
                close();
            }
        }
    }

    /** Closes the connection, if there is one, and with it whatever the server gave to it. */
    void close() {
        Session known = session;
        session = null;
        if (known != null) {
            try {
                known.close();
            } catch (SQLException e) {
                // it is lost already
            }
        }
    }
}
