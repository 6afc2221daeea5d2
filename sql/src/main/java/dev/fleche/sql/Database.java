package dev.fleche.sql;

import dev.fleche.digest.Digest;
import dev.fleche.storage.StorageException;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A database as storages use it: short transactions, tried again where that helps, whatever the thread's interrupts.
 *
 * <p>A pending interrupt is set aside while drivers and pools work, which would otherwise give up or even close their
 * sockets, and set again afterwards. Safe for use by several threads.
 */
final class Database {

    private static final int ATTEMPTS = 8;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Dialect dialect;
    private final String place;
    private final Sessions sessions;
    private final Runnable afterClose;
    private int users;

    /**
     * What is done with a session; may be done again if it fails.
     *
     * @param <T> the type of what comes of it
     */
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /**
     * Creates a database.
     *
     * @param place what messages call it; without secrets
     * @param users after how many closings it is closed
     * @param afterClose what is closed after it
     */
    Database(Dialect dialect, String place, Sessions sessions, int users, Runnable afterClose) {
        this.dialect = dialect;
        this.place = place;
        this.sessions = sessions;
        this.users = users;
        this.afterClose = afterClose;
    }

    Dialect dialect() {
        return dialect;
    }

    String place() {
        return place;
    }

    /**
     * Does what changes nothing, each statement on its own.
     *
     * @throws StorageException if the database cannot be asked
     */
    <T> T read(Work<T> work) {
        return run(work, false, "read");
    }

    /**
     * Does {@code work} in a transaction.
     *
     * <p>If the connection is lost while it is committed, it is done again, so that it may find its own changes.
     *
     * @throws StorageException if the database cannot be written; then nothing is changed
     */
    <T> T write(Work<T> work) {
        return run(work, true, "written");
    }

    private <T> T run(Work<T> work, boolean writing, String verb) {
        boolean interrupted = false;
        try {
            for (int attempt = 1; ; attempt++) {
                interrupted |= Thread.interrupted();
                try {
                    return attempt(work, writing);
                } catch (SQLException e) {
                    boolean interruptedMeanwhile = Thread.interrupted();
                    interrupted |= interruptedMeanwhile;
                    if (attempt == ATTEMPTS || !(interruptedMeanwhile || isWorthRetrying(e, attempt))) {
                        throw new StorageException(place + " cannot be " + verb + ": " + oneLine(e), e);
                    }
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS << attempt));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isWorthRetrying(SQLException e, int attempt) {
        return dialect.isTransient(e) || (attempt == 1 && Dialect.isConnectionLost(e));
    }

    private <T> T attempt(Work<T> work, boolean writing) throws SQLException {
        Session session = sessions.acquire(writing);
        boolean sound = false;
        try {
            T result = writing ? transact(work, session) : work.run(session);
            sound = true;
            return result;
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            // drivers throw them for what they did not expect
            throw new SQLException(e.toString(), e);
        } finally {
            sessions.release(session, writing, sound);
        }
    }

    private static <T> T transact(Work<T> work, Session session) throws SQLException {
        session.begin();
        boolean done = false;
        try {
            T result = work.run(session);
            session.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(session);
            }
        }
    }

    private static void rollBack(Session session) {
        try {
            session.rollback();
        } catch (SQLException e) {
            // the transaction is gone with its connection or was ended by the engine; the session is closed in any case
        }
    }

    /** Returns the digests of all entries of a table in their order, lazily. */
    Stream<Digest> digests(EntryTable table) {
        return Pages.<byte[]>stream(last -> read(session -> table.namesAfter(session, last)))
                .filter(name -> name.length == Digest.BYTES)
                .map(Digest::of);
    }

    static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    }

    /** Ends one user's use; the last one's closes the sessions. */
    void close() {
        boolean last;
        synchronized (this) {
            users--;
            last = users == 0;
        }
        if (last) {
            boolean interrupted = Thread.interrupted();
            try {
                sessions.close();
            } finally {
                afterClose.run();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
