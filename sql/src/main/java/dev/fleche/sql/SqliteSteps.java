package dev.fleche.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/**
 * What is run again and again while SQLite is at one long statement, in the thread that waits for it.
 *
 * <p>What it throws must not pass through SQLite's own code: it ends the statement there, and is thrown afterwards. Not
 * thread-safe; confined to one statement at a time.
 */
final class SqliteSteps {

    /** After how many instructions of SQLite's virtual machine it is run, or pages where those are checked. */
    private static final int INSTRUCTIONS = 10_000;

    private final Runnable step;
    private @Nullable Throwable thrown;

    /**
     * What is done with a connection.
     *
     * @param <T> the type of what comes of it
     */
    interface Statement<T> {
        T run() throws SQLException;
    }

    SqliteSteps(Runnable step) {
        this.step = step;
    }

    /** Runs a statement of {@code connection}, and the step meanwhile. */
    <T> T during(Connection connection, Statement<T> statement) throws SQLException {
        ProgressHandler.setHandler(connection, INSTRUCTIONS, new ProgressHandler() {
            @Override
            protected int progress() {
                return goesOn() ? 0 : 1;
            }
        });
        try {
            return statement.run();
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    private boolean goesOn() {
        try {
            step.run();
            return true;
        } catch (RuntimeException | Error e) {
            thrown = e;
            return false;
        }
    }

    /** Throws what the step has thrown, if it has. */
    void rethrow() {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }
}
