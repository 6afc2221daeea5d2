package dev.fleche.sql;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;

/** A kind of database, with what differs between them. */
enum Dialect {
    SQLITE("sqlite", "jdbc:sqlite:", "org.xerial:sqlite-jdbc") {
        @Override
        boolean isTransient(SQLException e) {
            // whoever waited for a lock until the time was over does not wait once more
            return e.getErrorCode() == SQLITE_BUSY_RECOVERY || e.getErrorCode() == SQLITE_BUSY_SNAPSHOT;
        }
    },
    POSTGRESQL("postgresql", "jdbc:postgresql:", "org.postgresql:postgresql"),
    MARIADB("mariadb", "jdbc:mariadb:", "org.mariadb.jdbc:mariadb-java-client") {
        @Override
        String ifAbsent(String insert) {
            return insert;
        }

        @Override
        boolean isDuplicate(SQLException e) {
            return e.getErrorCode() == MARIADB_DUPLICATE;
        }

        @Override
        boolean isTransient(SQLException e) {
            return e.getErrorCode() == MARIADB_LOCK_TIMEOUT || super.isTransient(e);
        }
    };

    /** The SQL state of a transaction that lost a race, and may be tried again. */
    static final String LOST_RACE = "40001";

    private static final int SQLITE_BUSY_RECOVERY = 261;
    private static final int SQLITE_BUSY_SNAPSHOT = 517;
    private static final int MARIADB_DUPLICATE = 1062;
    private static final int MARIADB_LOCK_TIMEOUT = 1205;

    private final String type;
    private final String urlPrefix;
    private final String driver;

    Dialect(String type, String urlPrefix, String driver) {
        this.type = type;
        this.urlPrefix = urlPrefix;
        this.driver = driver;
    }

    /** Returns the type name of its storages. */
    String type() {
        return type;
    }

    /** Returns how the addresses of such databases begin. */
    String urlPrefix() {
        return urlPrefix;
    }

    /** Returns the artifact that holds the driver. */
    String driver() {
        return driver;
    }

    /**
     * Returns an insertion that does nothing if there is such a row; or fails then as {@link #isDuplicate} says, and
     * does not end the transaction.
     */
    String ifAbsent(String insert) {
        return insert + " ON CONFLICT DO NOTHING";
    }

    /** Returns whether an insertion of {@link #ifAbsent} failed since there is such a row. */
    boolean isDuplicate(SQLException e) {
        return false;
    }

    /** Returns whether the same transaction may well succeed if it is tried again: a deadlock, a lost race. */
    boolean isTransient(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("40") || state.equals("55P03"));
    }

    /** Returns whether the connection is gone, or the server about to go, so that another one may do better. */
    static boolean isConnectionLost(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || (state != null && (state.startsWith("08") || state.startsWith("57P")));
    }
}
