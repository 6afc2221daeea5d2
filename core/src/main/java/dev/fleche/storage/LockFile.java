package dev.fleche.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file whose single bytes are locked, open at most once in this JVM.
 *
 * <p>Safe for use by several threads.
 */
final class LockFile {

    /* One channel per file and JVM.
     *
     * The locks of POSIX belong to the process and the file. Whoever in this JVM opens the file once more and closes
     * it again, through whatever path, drops every lock that the JVM holds on it. So all stores in one directory share
     * a channel, found by the identity of the file. The library may be loaded more than once, though, by class loaders
     * that do not see each other; what they share are the system properties. There an open lock file is registered, and
     * who finds it registered by another does without locks until it is not.
     *
     * Only texts are put there: other programs read all system properties, and expect no objects. A registration
     * therefore cannot say whether its owner is still in use. An owner that nobody closed closes itself once it is
     * unreachable; but the cleaner's thread that sees to it keeps the class loader, and with it what static fields of
     * an application hold. So a stopped application whose caches stay open keeps the registration.
     *
     * A channel is not closed by an interrupt as long as it is only asked to lock and unlock without waiting.
     */
    private static final String REGISTRATION = "dev.fleche.lockFile ";
    private static final Map<String, WeakReference<LockFile>> OPEN = new HashMap<>();
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int ATTEMPTS = 3;

    private final String identity;
    private final FileChannel channel;
    private final Cleaner.Cleanable closing;
    private final Map<Long, Holding> held = new HashMap<>();
    private int users;

    /** A locked position, and how often it was granted. */
    private static final class Holding {

        private final @Nullable FileLock lock;
        private int grants;

        Holding(@Nullable FileLock lock) {
            this.lock = lock;
        }
    }

    /** What ends with a lock file: first its channel, then its registration. */
    private record Closing(String registration, String token, Closeable channel) implements Runnable {

        @Override
        public void run() {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written, and the locks are gone with the descriptor, which is released in any case
            } finally {
                System.getProperties().remove(registration, token);
            }
        }
    }

    private LockFile(String identity, FileChannel channel, Closing closing) {
        this.identity = identity;
        this.channel = channel;
        this.closing = CLEANER.register(this, closing);
    }

    /**
     * Returns the open file at {@code path}, which exists, with one user more.
     *
     * @throws IOException if it cannot be opened
     * @throws StorageException if another copy of this library in this JVM has it open
     */
    static LockFile open(Path path) throws IOException {
        synchronized (OPEN) {
            for (int attempt = 1; ; attempt++) {
                String identity = identity(path);
                WeakReference<LockFile> known = OPEN.get(identity);
                LockFile open = known == null ? null : known.get();
                if (open == null) {
                    open = openFirst(path, identity);
                    if (!open.isAt(path)) {
                        // another file has taken its place meanwhile
                        open.closing.clean();
                        if (attempt == ATTEMPTS) {
                            throw new IOException("it is replaced again and again");
                        }
                        continue;
                    }
                    OPEN.put(identity, new WeakReference<>(open));
                }
                open.users++;
                return open;
            }
        }
    }

    private static LockFile openFirst(Path path, String identity) throws IOException {
        String registration = REGISTRATION + identity;
        String token = UUID.randomUUID().toString();
        if (System.getProperties().putIfAbsent(registration, token) != null) {
            throw new StorageException("another copy of Fleche in this JVM has " + path
                    + " open, so this one takes no locks; close the caches of the application that was stopped"
                    + " (Cache.close()), or load the library once");
        }
        LockFile opened = null;
        try {
            FileChannel channel = new RandomAccessFile(path.toFile(), "rw").getChannel();
            opened = new LockFile(identity, channel, new Closing(registration, token, channel));
            return opened;
        } finally {
            if (opened == null) {
                System.getProperties().remove(registration, token);
            }
        }
    }

    /** Returns what names the file at {@code path} whatever the path, as long as it is open. */
    private static String identity(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key != null ? key.toString() : path.toRealPath().toString();
    }

    /** Returns whether the file is still the one that others find at {@code path}. */
    boolean isAt(Path path) {
        try {
            return identity(path).equals(identity);
        } catch (IOException e) {
            // gone, or out of reach, which opening it again reports
            return false;
        }
    }

    /**
     * Locks a position unless another process has; one that this process has locked is granted once more.
     *
     * @throws IOException if the file system has no locks
     */
    Optional<KeyLock> tryLock(long position) throws IOException {
        synchronized (held) {
            Holding holding = held.get(position);
            if (holding == null) {
                Optional<Holding> taken = take(position);
                if (taken.isEmpty()) {
                    return Optional.empty();
                }
                holding = taken.get();
                held.put(position, holding);
            }
            holding.grants++;
            use();
            return Optional.of(new Grant(this, position));
        }
    }

    private Optional<Holding> take(long position) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(position, 1, false)).map(Holding::new);
        } catch (OverlappingFileLockException e) {
            // somebody else in this JVM has locked the file: this process holds the key, as far as others can see
            return Optional.of(new Holding(null));
        }
    }

    private void free(long position) {
        synchronized (held) {
            Holding holding = held.get(position);
            if (holding == null || --holding.grants > 0) {
                return;
            }
            held.remove(position);
            try {
                if (holding.lock != null) {
                    holding.lock.release();
                }
            } catch (IOException e) {
                // the file system is gone or broken; the lock ends with the channel or the process at the latest
            }
        }
    }

    private void use() {
        synchronized (OPEN) {
            users++;
        }
    }

    /** Ends one user's use; the last one's closes the file. */
    void close() {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(identity);
                closing.clean();
            }
        }
    }

    /** One grant of a position; keeps the file open. */
    private static final class Grant implements KeyLock {

        private final LockFile file;
        private final long position;
        private boolean closed;

        Grant(LockFile file, long position) {
            this.file = file;
            this.position = position;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                file.free(position);
                file.close();
            }
        }
    }
}
