package dev.fleche.sql.migration;

import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Flyway's log as the platform's; its reports of what it does are for those who debug. Immutable. */
public final class MigrationLog implements LogCreator {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.sql");

    /** Creates a log; called by Flyway. */
    public MigrationLog() {}

    @Override
    public Log createLogger(Class<?> type) {
        return new ToPlatform();
    }

    private static final class ToPlatform implements Log {

        @Override
        public void debug(String message) {
            LOGGER.log(Level.TRACE, message);
        }

        @Override
        public void info(String message) {
            LOGGER.log(Level.DEBUG, message);
        }

        @Override
        public void notice(String message) {
            LOGGER.log(Level.DEBUG, message);
        }

        @Override
        public void warn(String message) {
            LOGGER.log(Level.WARNING, message);
        }

        /** What fails is thrown as well. */
        @Override
        public void error(String message) {
            LOGGER.log(Level.DEBUG, message);
        }

        @Override
        public void error(String message, Exception cause) {
            LOGGER.log(Level.DEBUG, message, cause);
        }
    }
}
