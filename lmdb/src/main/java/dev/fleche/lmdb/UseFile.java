package dev.fleche.lmdb;

import dev.fleche.storage.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that says who uses an environment of LMDB, and whether all that was written to it is on the disk.
 *
 * <p>Its first byte is locked by whoever opens or closes the environment, its second byte is shared by all who have it
 * open; the operating system gives up the locks of a process that ends. Its text is the state. Not thread-safe.
 */
final class UseFile implements AutoCloseable {

    /* LMDB may be open once in a process: its own locks belong to the process, and the first environment that is closed
     * drops those of the other, upon which another process takes itself for the only one, and destroys what they share.
     * The library may be loaded more than once, by class loaders that do not see each other. What they share are the
     * system properties; only texts are put there, since other programs read them all.
     */
    private static final String REGISTRATION = "dev.fleche.lmdb ";

    private static final String SYNCED = "synced";
    private static final int STATE_BYTES = 64;
    private static final int OPENING_AT = 0;
    private static final int USING_AT = 1;
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path path;
    private final RandomAccessFile file;
    private final String registration;
    private @Nullable FileLock opening;
    private @Nullable FileLock using;

    private UseFile(Path path, RandomAccessFile file, String registration) {
        this.path = path;
        this.file = file;
        this.registration = registration;
    }

    /**
     * Opens the file, which exists.
     *
     * @throws StorageException if the environment is open in this process
     */
    static UseFile open(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        String registration = REGISTRATION + (key == null ? path.toRealPath().toString() : key.toString());
        UseFile use = null;
        if (System.getProperties().putIfAbsent(registration, "open") != null) {
            throw new StorageException("expected the environment of " + path
                    + " to be closed, found it open in this JVM, perhaps by another copy of Fleche; LMDB allows one:"
                    + " close the other caches (Cache.close()), or load the library once");
        }
        try {
            use = new UseFile(path, new RandomAccessFile(path.toFile(), "rw"), registration);
            return use;
        } finally {
            if (use == null) {
                System.getProperties().remove(registration);
            }
        }
    }

    /** Waits until no other process opens or closes the environment, and keeps others from it. */
    void beginOpening() throws IOException {
        opening = await(OPENING_AT, false);
    }

    /** Lets others open and close. */
    void endOpening() throws IOException {
        FileLock lock = opening;
        opening = null;
        release(lock);
    }

    /** Counts this process among those that have the environment open. */
    void share() throws IOException {
        using = await(USING_AT, true);
    }

    /** Returns whether this process alone has the environment open; it keeps others from it then. */
    boolean tryAlone() throws IOException {
        unshare();
        using = file.getChannel().tryLock(USING_AT, 1, false);
        return using != null;
    }

    void unshare() throws IOException {
        FileLock lock = using;
        using = null;
        release(lock);
    }

    /**
     * Gives a lock up; a second time if that fails, since a lock that is kept keeps others out until the process ends.
     */
    private static void release(@Nullable FileLock lock) throws IOException {
        if (lock != null) {
            try {
                lock.release();
            } catch (IOException e) {
                lock.release();
            }
        }
    }

    /** Returns whether all that was ever written is on the disk, or will be since the system has run on. */
    boolean isSound() throws IOException {
        String state = state();
        return state.equals(SYNCED) || Boot.current().filter(state::equals).isPresent();
    }

    boolean isSynced() throws IOException {
        return state().equals(SYNCED);
    }

    void setSynced() throws IOException {
        write(SYNCED);
    }

    /** Notes that from here on something may be written that is not on the disk when the system ends. */
    void setUnsynced(String boot) throws IOException {
        if (!state().equals(boot)) {
            write(boot);
        }
    }

    private String state() throws IOException {
        file.seek(0);
        byte[] bytes = new byte[STATE_BYTES];
        int count = Math.max(0, file.read(bytes));
        return new String(bytes, 0, count, StandardCharsets.US_ASCII).strip();
    }

    private void write(String state) throws IOException {
        byte[] bytes =
                (state + " ".repeat(STATE_BYTES - 1 - state.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        file.seek(0);
        file.write(bytes);
        file.getFD().sync();
    }

    private FileLock await(long at, boolean shared) throws IOException {
        long start = System.nanoTime();
        while (true) {
            Optional<FileLock> lock = Optional.ofNullable(file.getChannel().tryLock(at, 1, shared));
            if (lock.isPresent()) {
                return lock.get();
            }
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IOException("another process has kept " + path + " locked for " + PATIENCE.toSeconds()
                        + " seconds; end it");
            }
            Uninterrupted.pause(PAUSE_NANOS);
        }
    }

    /** Gives up the locks and the file. */
    @Override
    public void close() {
        try (file) {
            // first, since a channel that cannot give up a lock does not close its file
            endOpening();
            unshare();
        } catch (IOException e) {
            // what was written is synchronised; a lock that cannot be given up twice ends with the process
        } finally {
            System.getProperties().remove(registration);
        }
    }
}
