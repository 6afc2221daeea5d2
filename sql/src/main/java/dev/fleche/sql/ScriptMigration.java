package dev.fleche.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32C;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * A script of this module as a migration.
 *
 * <p>Flyway would look for scripts by scanning the class path, which neither finds those of a named module nor is of
 * any use where all are known.
 */
final class ScriptMigration implements JavaMigration {

    private final MigrationVersion version;
    private final String script;

    ScriptMigration(Dialect dialect, MigrationVersion version) {
        this.version = version;
        script = read("schema-" + dialect.type() + "/V" + version + ".sql");
    }

    private static String read(String name) {
        try (InputStream in = ScriptMigration.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing in this module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return version;
    }

    @Override
    public String getDescription() {
        return "Fleche " + version;
    }

    @Override
    public Integer getChecksum() {
        CRC32C crc = new CRC32C();
        crc.update(script.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    /** Runs the statements, each of which ends in a semicolon at the end of a line. */
    @Override
    public void migrate(Context context) throws SQLException {
        try (Statement statement = context.getConnection().createStatement()) {
            for (String sql : script.split(";\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }
}
