package dev.fleche.sql;

import java.sql.SQLException;

/** The connections to a database. Safe for use by several threads. */
interface Sessions extends AutoCloseable {

    /**
     * Returns a session for this thread, waiting for one if it must; never because of others that only read where one
     * writes.
     *
     * @param writing whether it is for a transaction that writes
     */
    Session acquire(boolean writing) throws SQLException;

    /**
     * Takes a session back.
     *
     * @param sound whether it may be used again
     */
    void release(Session session, boolean writing, boolean sound);

    /** Closes those that nobody uses; the others when they come back. Idempotent. */
    @Override
    void close();
}
