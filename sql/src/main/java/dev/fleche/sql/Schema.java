package dev.fleche.sql;

import dev.fleche.sql.migration.MigrationLog;
import dev.fleche.storage.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/** The tables of a store, and how they come into being and up to date. */
final class Schema {

    /** The number of the newest script. */
    static final int FORMAT = 1;

    private static final String HISTORY = "fleche_schema";

    private Schema() {}

    /**
     * Returns whether the tables are there and up to date.
     *
     * @throws StorageException if they are newer than this library, or damaged
     */
    static boolean isCurrent(Connection connection, String place) throws SQLException {
        OptionalInt format = format(connection, place);
        if (format.isPresent() && format.getAsInt() > FORMAT) {
            throw new StorageException("expected tables of format " + FORMAT + " or older in " + place
                    + ", found format " + format.getAsInt() + "; open it with a newer version of Fleche");
        }
        return format.isPresent() && format.getAsInt() == FORMAT;
    }

    private static OptionalInt format(Connection connection, String place) throws SQLException {
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "fleche_store", null)) {
            if (!tables.next()) {
                return OptionalInt.empty();
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT value FROM fleche_store WHERE name = 'format'")) {
            if (!rows.next()) {
                // another process makes the tables at this moment, or was killed while it did
                return OptionalInt.empty();
            }
            String text = rows.getString(1);
            try {
                return OptionalInt.of(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                throw new StorageException(
                        "expected a number as format in the table fleche_store of " + place + ", found \"" + text
                                + "\"; the database is damaged or another program's",
                        e);
            }
        }
    }

    /**
     * Creates the tables or brings them up to date. The caller sees to it that one process does so at a time, unless
     * the database does.
     *
     * @throws StorageException if that fails
     */
    static void migrate(Dialect dialect, DataSource source, String place) {
        try {
            // tables of other programs may be in the same schema
            Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .loggers(MigrationLog.class.getName())
                    .table(HISTORY)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .locations(new String[0])
                    .javaMigrations(new ScriptMigration(dialect, MigrationVersion.fromVersion("1")))
                    .load();
            if (dialect == Dialect.MARIADB) {
                // it commits each statement, so a script that failed half-way is noted, and would not be run again
                flyway.repair();
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StorageException(
                    "the tables in " + place + " cannot be created or brought up to date: " + Database.oneLine(e), e);
        }
    }
}
