package dev.fleche.sql;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * Locks that a server gives to a connection, and takes back when that ends.
 *
 * <p>The server notices at once when a process ends. Of a machine that vanished it hears by TCP's keep-alive:
 * PostgreSQL within {@value #VANISHED_SECONDS} s, as this class asks it to; MariaDB and MySQL as the server's settings
 * say, which are those of its operating system unless {@code tcp_keepalive_time} and its like are set. Names are 64
 * bits of the key on PostgreSQL and 160 on MariaDB, each with the schema, so that stores in one database do not meet.
 */
final class AdvisoryLocking implements ServerLocking {

    static final int VANISHED_SECONDS = 11;

    /** So that what lies between does not forget a connection over which nothing is said. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Says "fleche" in ASCII. */
    private static final long PREPARING = 0x66_6c_65_63_68_65L;

    private static final int PREPARING_SECONDS = 20;
    private static final int WORD = 8;
    private static final int NAME_BYTES = 20;

    private final Dialect dialect;
    private byte[] store = new byte[WORD];

    AdvisoryLocking(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Waits for the lock by which processes prepare databases one after the other, and takes it for a transaction; so
     * it works behind connection poolers too.
     *
     * @return whether it was free within {@value #PREPARING_SECONDS} seconds, on MariaDB
     */
    static boolean lockForTransaction(Session session) throws SQLException {
        if (session.dialect() == Dialect.POSTGRESQL) {
            session.query("SELECT CAST(pg_advisory_xact_lock(?) AS TEXT)", row -> row.getString(1), PREPARING);
            return true;
        }
        return session.query("SELECT GET_LOCK('fleche-preparing', ?)", row -> row.getInt(1), PREPARING_SECONDS)
                .contains(1);
    }

    /** Ends the transaction, and gives its lock up. */
    static void unlockTransaction(Session session) throws SQLException {
        if (session.dialect() == Dialect.MARIADB) {
            session.query("SELECT RELEASE_LOCK('fleche-preparing')", row -> row.getInt(1));
        }
        session.rollback();
    }

    @Override
    public void prepare(Session session) throws SQLException {
        boolean postgreSql = dialect == Dialect.POSTGRESQL;
        List<String> names =
                session.query(postgreSql ? "SELECT current_schema()" : "SELECT DATABASE()", row -> row.getString(1));
        store = sha256("fleche " + names.get(0));
        if (postgreSql) {
            // settings that older servers do not have are not there to be set
            session.query(
                    "SELECT set_config(name, CASE name WHEN 'idle_session_timeout' THEN '0'"
                            + " WHEN 'tcp_keepalives_idle' THEN '5' WHEN 'tcp_keepalives_interval' THEN '2'"
                            + " ELSE '3' END, false) FROM pg_settings WHERE name IN ('idle_session_timeout',"
                            + " 'tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count')",
                    row -> row.getString(1));
        }
    }

    @Override
    public OptionalLong lock(Session session, Digest key) throws SQLException {
        int granted = dialect == Dialect.POSTGRESQL
                ? ask(session, "SELECT CAST(pg_try_advisory_lock(?) AS INTEGER)", number(key))
                : ask(session, "SELECT GET_LOCK(?, 0)", name(key));
        return granted == 1 ? OptionalLong.of(0) : OptionalLong.empty();
    }

    @Override
    public void unlock(Session session, Digest key, long token) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            ask(session, "SELECT CAST(pg_advisory_unlock(?) AS INTEGER)", number(key));
        } else {
            ask(session, "SELECT RELEASE_LOCK(?)", name(key));
        }
    }

    private static int ask(Session session, String sql, Object name) throws SQLException {
        return session.query(sql, row -> row.getInt(1), name).get(0);
    }

    /** The connection has just answered, so its locks are held. */
    @Override
    public boolean renew(Session session, Digest key, long token) {
        return true;
    }

    @Override
    public boolean regain(Session session, Digest key, long token) throws SQLException {
        return lock(session, key).isPresent();
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    private static byte[] sha256(String text) {
        return Sha256.create().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private Long number(Digest key) {
        return ByteBuffer.wrap(key.toBytes()).getLong() ^ ByteBuffer.wrap(store).getLong();
    }

    /** Of at most 64 characters. */
    private String name(Digest key) {
        HexFormat hex = HexFormat.of();
        return "fleche-" + hex.formatHex(store, 0, WORD) + "-" + hex.formatHex(key.toBytes(), 0, NAME_BYTES);
    }
}
