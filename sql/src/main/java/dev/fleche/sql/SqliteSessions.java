package dev.fleche.sql;

import dev.fleche.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.sqlite.JDBC;

/**
 * The connections of this process to a SQLite database, which keep their prepared statements.
 *
 * <p>One thread at a time writes, as SQLite has it; the others wait for it here, where waiting costs nothing, and only
 * for other processes by SQLite's own polling. Safe for use by several threads.
 */
final class SqliteSessions implements Sessions {

    private static final int MAX_OPEN = 16;

    private final Path file;
    private final List<String> pragmas;
    private final Semaphore open = new Semaphore(MAX_OPEN);
    private final Semaphore writer = new Semaphore(1);
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /**
     * Creates an empty set of connections.
     *
     * @param pragmas what is set for each connection
     */
    SqliteSessions(Path file, List<String> pragmas) {
        this.file = file;
        this.pragmas = List.copyOf(pragmas);
    }

    @Override
    public Session acquire(boolean writing) throws SQLException {
        if (writing) {
            writer.acquireUninterruptibly();
        }
        open.acquireUninterruptibly();
        boolean acquired = false;
        try {
            requireOpen();
            Session known = idle.pollFirst();
            Session session = known != null ? known : new Session(Dialect.SQLITE, connect(file, pragmas));
            acquired = true;
            return session;
        } finally {
            if (!acquired) {
                free(writing);
            }
        }
    }

    @Override
    public void release(Session session, boolean writing, boolean sound) {
        if (sound && !closed) {
            idle.addFirst(session);
            if (closed) {
                close();
            }
        } else {
            closeQuietly(session);
        }
        free(writing);
    }

    private void free(boolean writing) {
        open.release();
        if (writing) {
            writer.release();
        }
    }

    /** Opens a connection, which makes the file if it is not there. */
    static Connection connect(Path file, List<String> pragmas) throws SQLException {
        Connection connection = JDBC.createConnection(url(file), new Properties());
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute("PRAGMA " + pragma);
            }
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** Returns the address of a file, whatever characters its path has. */
    static String url(Path file) {
        return Dialect.SQLITE.urlPrefix() + file.toUri().toASCIIString();
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("the SQLite database " + file + " is closed; open it again");
        }
    }

    private static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            // it was to go, and what it had not committed is rolled back by whoever opens the database next
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            closeQuietly(session);
        }
    }
}
