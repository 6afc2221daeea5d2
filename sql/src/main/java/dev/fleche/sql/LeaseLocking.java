package dev.fleche.sql;

import dev.fleche.digest.Digest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Locks that are rows of a table, and run out by the server's clock unless their owner renews them.
 *
 * <p>They need no connection of their own between two statements, so they work behind connection poolers. Each grant of
 * a key has a greater token than the one before: the server's clock in microseconds, or one more than the former token
 * if that is greater. A lease is renewed and given up under its token only, so whoever slept until another had taken it
 * over does no harm to that one. The idea: C. G. Gray and D. R. Cheriton, Leases (1989).
 */
final class LeaseLocking implements ServerLocking {

    private static final int RENEWALS = 3;

    private static final int ATTEMPTS = 10;
    private static final long FORGOTTEN_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Dialect dialect;
    private final String owner = UUID.randomUUID().toString();
    private final Duration length;
    private final String clock;
    private final String until;

    /**
     * Creates a way to lock.
     *
     * @param length after which time a lease runs out whose owner does not renew it
     */
    LeaseLocking(Dialect dialect, Duration length) {
        this.dialect = dialect;
        this.length = length;
        clock = clock(dialect);
        until = clock + " + " + TimeUnit.NANOSECONDS.toMicros(length.toNanos());
    }

    /** Returns the server's clock in microseconds, as an expression. */
    private static String clock(Dialect dialect) {
        // the time zone's clock would repeat an hour once a year
        return dialect == Dialect.POSTGRESQL
                ? "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"
                : "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))";
    }

    /** Removes the leases of processes that died, whose keys nobody asked for again; returns how many. */
    static int removeForgotten(Session session) throws SQLException {
        return session.update(
                "DELETE FROM fleche_lease WHERE expires < " + clock(session.dialect()) + " - " + FORGOTTEN_MICROS);
    }

    @Override
    public void prepare(Session session) {}

    @Override
    public OptionalLong lock(Session session, Digest key) throws SQLException {
        if (!insert(session, key) && !takeOver(session, key)) {
            return OptionalLong.empty();
        }
        List<Long> tokens = session.query(
                "SELECT token FROM fleche_lease WHERE call_key = ? AND owner = ?",
                row -> row.getLong(1),
                key.toBytes(),
                owner);
        return tokens.isEmpty() ? OptionalLong.empty() : OptionalLong.of(tokens.get(0));
    }

    private boolean insert(Session session, Digest key) throws SQLException {
        try {
            return update(
                            session,
                            dialect.ifAbsent("INSERT INTO fleche_lease (call_key, owner, token, expires) VALUES (?, ?, "
                                    + clock + ", " + until + ")"),
                            key.toBytes(),
                            owner)
                    == 1;
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Changes rows; again if the server broke a deadlock at our cost, which neighbouring rows are enough for. */
    private int update(Session session, String statement, Object... values) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return session.update(statement, values);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !dialect.isTransient(e)) {
                    throw e;
                }
            }
        }
    }

    private boolean takeOver(Session session, Digest key) throws SQLException {
        return update(
                        session,
                        "UPDATE fleche_lease SET owner = ?, token = GREATEST(token + 1, " + clock + "), expires = "
                                + until + " WHERE call_key = ? AND (expires < " + clock + " OR owner = ?)",
                        owner,
                        key.toBytes(),
                        owner)
                == 1;
    }

    @Override
    public void unlock(Session session, Digest key, long token) throws SQLException {
        update(
                session,
                "DELETE FROM fleche_lease WHERE call_key = ? AND owner = ? AND token = ?",
                key.toBytes(),
                owner,
                token);
    }

    @Override
    public boolean renew(Session session, Digest key, long token) throws SQLException {
        return update(
                        session,
                        "UPDATE fleche_lease SET expires = " + until
                                + " WHERE call_key = ? AND owner = ? AND token = ?",
                        key.toBytes(),
                        owner,
                        token)
                == 1;
    }

    @Override
    public boolean regain(Session session, Digest key, long token) throws SQLException {
        return renew(session, key, token);
    }

    @Override
    public Duration interval() {
        return length.dividedBy(RENEWALS);
    }
}
