package dev.fleche.sql;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.storage.CallStorage.Admission;
import dev.fleche.storage.StorageException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The notes of values that calls need while they are prepared, as rows of this process's owner.
 *
 * <p>An owner says every few minutes that it lives, by the server's clock, from a thread that starts with the first
 * note and ends with the storage. One that has not done so for an hour is dead, and its notes with it. Safe for use by
 * several threads.
 */
final class ServerAdmissions implements SqlCallStorage.Admissions {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.sql");
    private static final long ALIVE_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long BEAT_MILLIS = TimeUnit.MINUTES.toMillis(5);

    private final Database database;
    private final String owner = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private @Nullable Thread heart;
    private boolean closed;

    ServerAdmissions(Database database) {
        this.database = database;
    }

    @Override
    public Admission admit(Digest key, Set<Address> values) {
        beginToLive();
        long number = count.incrementAndGet();
        List<Object[]> rows = new ArrayList<>();
        for (Address address : values) {
            rows.add(new Object[] {owner, number, address.sha256().toBytes(), key.toBytes()});
        }
        database.write(session -> {
            session.batch("INSERT INTO fleche_admission (owner, number, address, call_key) VALUES (?, ?, ?, ?)", rows);
            return true;
        });
        return () -> quietly(session ->
                session.update("DELETE FROM fleche_admission WHERE owner = ? AND number = ?", owner, number));
    }

    private synchronized void beginToLive() {
        if (heart == null && !closed) {
            database.write(this::beat);
            Thread thread = new Thread(null, this::beatUntilClosed, "fleche owner " + owner, 0, false);
            thread.setDaemon(true);
            thread.start();
            heart = thread;
        }
    }

    private synchronized void beatUntilClosed() {
        while (!closed) {
            try {
                wait(BEAT_MILLIS);
            } catch (InterruptedException e) {
                // nobody has a reason to; a beat more does no harm
            }
            if (!closed) {
                quietly(this::beat);
            }
        }
    }

    /** Another process may have taken this owner for dead while its machine slept. */
    private int beat(Session session) throws SQLException {
        String now = now(session);
        int updated = session.update("UPDATE fleche_owner SET seen = " + now + " WHERE owner = ?", owner);
        return updated > 0
                ? updated
                : session.update("INSERT INTO fleche_owner (owner, seen) VALUES (?, " + now + ")", owner);
    }

    /** What cannot be removed goes with its owner, and what cannot be said now is said later. */
    private void quietly(Database.Work<Integer> work) {
        try {
            database.write(work);
        } catch (StorageException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "the notes of values in use cannot be kept up to date", e);
        }
    }

    /** Ends this process's notes. */
    @Override
    public synchronized void close() {
        if (heart != null && !closed) {
            quietly(session -> session.update("DELETE FROM fleche_admission WHERE owner = ?", owner)
                    + session.update("DELETE FROM fleche_owner WHERE owner = ?", owner));
        }
        closed = true;
        notifyAll();
    }

    /** Returns the server's clock in milliseconds, as an expression. */
    private static String now(Session session) {
        return session.dialect() == Dialect.POSTGRESQL
                ? "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
                : "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)";
    }

    static List<String> deadOwners(Session session) throws SQLException {
        return session.query(
                "SELECT owner FROM fleche_owner WHERE seen < " + now(session) + " - " + ALIVE_MILLIS,
                row -> row.getString(1));
    }

    static List<String> removeDeadOwners(Session session) throws SQLException {
        List<String> dead = deadOwners(session);
        for (String owner : dead) {
            session.update("DELETE FROM fleche_admission WHERE owner = ?", owner);
            session.update("DELETE FROM fleche_owner WHERE owner = ?", owner);
        }
        return dead;
    }
}
