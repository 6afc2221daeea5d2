package dev.fleche.sql;

import dev.fleche.digest.Digest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** A way to lock keys on a server, over one connection that is used by one thread. */
interface ServerLocking {

    /** Prepares a new connection. */
    void prepare(Session session) throws SQLException;

    /** Takes the lock on a key, and returns its fencing token; or nothing if somebody else holds it. */
    OptionalLong lock(Session session, Digest key) throws SQLException;

    /** Gives a lock up, unless it is somebody else's by then. */
    void unlock(Session session, Digest key, long token) throws SQLException;

    /** Keeps a lock over the same connection; returns whether it is still held. */
    boolean renew(Session session, Digest key, long token) throws SQLException;

    /** Keeps a lock over another connection, since the former one is lost; returns whether it is held. */
    boolean regain(Session session, Digest key, long token) throws SQLException;

    /** Returns how often locks that are held need to be renewed. */
    Duration interval();
}
