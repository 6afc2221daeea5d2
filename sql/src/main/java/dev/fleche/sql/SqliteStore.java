package dev.fleche.sql;

import dev.fleche.digest.Digest;
import dev.fleche.storage.DirectoryStore;
import dev.fleche.storage.Durability;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteDataSource;

/** The opening of a store in a SQLite database in a directory. */
final class SqliteStore {

    static final String FILE = "store.sqlite3";

    private static final Object PREPARING = new Object();
    private static final Digest PREPARING_KEY = Digest.of(new byte[Digest.BYTES]);
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final DirectoryStore directory;
    private final Path file;
    private final String place;
    private final String journal;
    private final List<String> pragmas;

    private SqliteStore(DirectoryStore directory, Durability durability) {
        this.directory = directory;
        file = directory.root().resolve(FILE);
        place = "the SQLite database " + file;
        boolean network = NetworkFiles.isOnNetwork(directory.root());
        journal = network ? "delete" : "wal";
        pragmas = List.of(
                "busy_timeout = 5000",
                "synchronous = " + synchronous(durability, network),
                // a page that cannot be is reported instead of being followed
                "cell_size_check = ON",
                "trusted_schema = OFF",
                "temp_store = MEMORY");
    }

    /** Without a log to write ahead, a power failure could damage more than what was written last. */
    private static String synchronous(Durability durability, boolean network) {
        if (network) {
            return durability == Durability.DURABLE ? "EXTRA" : "FULL";
        }
        return durability == Durability.DURABLE ? "FULL" : "NORMAL";
    }

    /**
     * Opens the store in {@code root}, which becomes one if it is empty or not there.
     *
     * @throws StorageException if it is something else, or cannot be created or opened; nothing is changed then
     */
    static Storages open(Path root, Durability durability) {
        boolean interrupted = Thread.interrupted();
        try {
            DirectoryStore directory = DirectoryStore.open(root, Dialect.SQLITE.type(), durability);
            boolean opened = false;
            try {
                Storages storages = new SqliteStore(directory, durability).open();
                opened = true;
                return storages;
            } finally {
                if (!opened) {
                    directory.close();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Storages open() {
        try {
            if (!isPrepared()) {
                prepareAlone();
            }
            // SQLite sees to the files that it makes, and not to the directory that they are in
            directory.keepNames(directory.root());
        } catch (SQLException | IOException e) {
            throw new StorageException(place + " cannot be opened: " + Database.oneLine(e), e);
        }
        Database database = new Database(Dialect.SQLITE, place, new SqliteSessions(file, pragmas), 2, directory::close);
        return new Storages(
                new SqlValueStorage(database),
                new SqlCallStorage(database, directory::admit),
                directory.locks(),
                new SqlUpkeep(database, new SqliteCare(database, file)).and(directory.upkeep(SqliteCare.names(file))));
    }

    private boolean isPrepared() throws SQLException {
        if (!Files.exists(file)) {
            return false;
        }
        try (Connection connection = SqliteSessions.connect(file, pragmas)) {
            return journalOf(connection).equals(journal) && Schema.isCurrent(connection, place);
        }
    }

    private static String journalOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA journal_mode")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /** Of all threads and processes, one at a time: SQLite changes its journal for nobody who has to wait. */
    private void prepareAlone() throws SQLException, IOException {
        synchronized (PREPARING) {
            Optional<KeyLock> lock = awaitLock();
            try {
                if (!isPrepared()) {
                    prepare();
                }
            } finally {
                lock.ifPresent(KeyLock::close);
            }
        }
    }

    private Optional<KeyLock> awaitLock() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < MAX_WAIT_NANOS) {
            try {
                Optional<KeyLock> lock = directory.locks().tryLock(PREPARING_KEY);
                if (lock.isPresent()) {
                    return lock;
                }
            } catch (StorageException e) {
                // a file system without locks: SQLite's own have to do
                return Optional.empty();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Optional.empty();
    }

    private void prepare() throws SQLException, IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
            shareWithGroup();
        }
        try (Connection connection = SqliteSessions.connect(file, pragmas);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = " + journal);
        }
        try (Connection connection = SqliteSessions.connect(file, pragmas)) {
            if (Schema.isCurrent(connection, place)) {
                return;
            }
        }
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(SqliteSessions.url(file));
        Schema.migrate(Dialect.SQLITE, source, place);
    }

    /** SQLite gives the files beside the database its modes. */
    private void shareWithGroup() throws IOException {
        if (!Files.getFileStore(directory.root()).supportsFileAttributeView("posix")
                || !Files.getPosixFilePermissions(directory.root()).contains(PosixFilePermission.GROUP_WRITE)) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.add(PosixFilePermission.GROUP_READ);
        permissions.add(PosixFilePermission.GROUP_WRITE);
        Files.setPosixFilePermissions(file, permissions);
    }
}
