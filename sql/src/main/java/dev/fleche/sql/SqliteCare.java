package dev.fleche.sql;

import dev.fleche.storage.Flaw;
import dev.fleche.storage.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The care for a SQLite database: its pages and its indexes. */
final class SqliteCare implements SqlUpkeep.Care {

    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;

    private final Database database;
    private final Path file;

    SqliteCare(Database database, Path file) {
        this.database = database;
        this.file = file;
    }

    @Override
    public List<Flaw> check(Runnable step) {
        SqliteSteps steps = new SqliteSteps(step);
        try {
            List<String> lines = database.read(session -> steps.during(
                    session.connection(), () -> session.query("PRAGMA integrity_check(20)", row -> row.getString(1))));
            return lines.stream()
                    .filter(line -> !line.equals("ok"))
                    .map(this::flaw)
                    .toList();
        } catch (StorageException e) {
            steps.rethrow();
            if (e.getCause() instanceof SQLException cause
                    && ((cause.getErrorCode() & 0xFF) == CORRUPT || (cause.getErrorCode() & 0xFF) == NOT_A_DATABASE)) {
                return List.of(flaw(Database.oneLine(cause)));
            }
            throw e;
        }
    }

    private Flaw flaw(String line) {
        return new Flaw(Flaw.Kind.ENGINE, file.toString(), line.strip().replaceAll("\\s+", " "));
    }

    /** Makes the indexes anew, which is all that can be mended without loss. */
    @Override
    public List<Flaw> repair(Runnable step) {
        List<Flaw> before = check(step);
        if (before.isEmpty()) {
            return before;
        }
        try {
            database.write(session -> session.update("REINDEX"));
        } catch (StorageException e) {
            // what is damaged are not the indexes, or not them alone
            return List.of();
        }
        List<Flaw> mended = new ArrayList<>(before);
        mended.removeAll(check(step));
        return mended;
    }

    @Override
    public long sizeBytes() {
        long bytes = 0;
        for (String name : names(file)) {
            bytes += file.resolveSibling(name).toFile().length();
        }
        return bytes;
    }

    /** Returns the names of all files that a database may have. */
    static Set<String> names(Path file) {
        String name = file.getFileName().toString();
        return Set.of(name, name + "-wal", name + "-shm", name + "-journal");
    }
}
