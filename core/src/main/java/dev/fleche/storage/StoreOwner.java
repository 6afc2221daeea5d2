package dev.fleche.storage;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A process that writes to a store: a token, a locked file that says it lives, and a directory for unfinished files.
 *
 * <p>The lock ends with the process, however it ends; whoever can take it may remove what the owner left. A token
 * begins with process id and start time, since no JVM may open a lock file of its own a second time: closing that would
 * drop the lock. Safe for several threads.
 */
final class StoreOwner {

    private static final Pattern TOKEN = Pattern.compile("\\d+-[0-9a-f]+-[0-9a-f]{16}");
    private static final String THIS_JVM = thisJvm();
    private static final int ATTEMPTS = 10;

    private final StoreDirectory directory;
    private final String token;
    private final RandomAccessFile lockFile;
    private final boolean modeNeeded;
    private final Path temp;
    private final AtomicLong count = new AtomicLong();

    private StoreOwner(StoreDirectory directory, String token, RandomAccessFile lockFile) throws IOException {
        this.directory = directory;
        this.token = token;
        this.lockFile = lockFile;
        Path path = directory.root().resolve(StoreDirectory.OWNERS).resolve(token);
        // the umask is the same for every file of this process
        modeNeeded = directory.modes().isNeededFor(path);
        if (modeNeeded) {
            directory.modes().apply(path);
        }
        temp = directory.createDirectories(StoreDirectory.TEMP, token);
    }

    /** Creates an owner; a token that a sweeper took before it was locked is given up for another. */
    static StoreOwner create(StoreDirectory directory) throws IOException {
        Path owners = directory.createDirectories(StoreDirectory.OWNERS);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String token = THIS_JVM + randomPart();
            File file = owners.resolve(token).toFile();
            RandomAccessFile lockFile = new RandomAccessFile(file, "rw");
            boolean done = false;
            try {
                if (lock(lockFile) && file.exists()) {
                    StoreOwner owner = new StoreOwner(directory, token, lockFile);
                    done = true;
                    return owner;
                }
            } finally {
                if (!done) {
                    lockFile.close();
                }
            }
        }
        throw new IOException("no owner's file could be kept in " + owners);
    }

    /** Returns whether {@code name} is the token of an owner. */
    static boolean isToken(String name) {
        return TOKEN.matcher(name).matches();
    }

    /** Returns whether {@code token} belongs to this JVM, perhaps to another copy of this library in it. */
    static boolean isOfThisJvm(String token) {
        return token.startsWith(THIS_JVM);
    }

    /** Removes all that the owner of {@code token} wrote and did not finish. */
    static void removeRemains(StoreDirectory directory, String token) {
        removeFlat(directory.root().resolve(StoreDirectory.TEMP).resolve(token));
        removeFlat(directory.root().resolve(StoreDirectory.ADMISSIONS).resolve(token));
    }

    String token() {
        return token;
    }

    /** Returns a number that no other file of this owner has. */
    long nextNumber() {
        return count.incrementAndGet();
    }

    Path newTempFile() {
        return temp.resolve(Long.toString(nextNumber()));
    }

    /** Returns whether a file just created needs {@link FileModes#apply}. */
    boolean isModeNeeded() {
        return modeNeeded;
    }

    /** Returns whether the lock file is still where others look for it. */
    boolean isKnown() {
        return directory
                .root()
                .resolve(StoreDirectory.OWNERS)
                .resolve(token)
                .toFile()
                .exists();
    }

    /** Removes everything of this owner; the lock last. */
    void close() {
        removeRemains(directory, token);
        directory.root().resolve(StoreDirectory.OWNERS).resolve(token).toFile().delete();
        release();
    }

    /** Gives the lock up, and leaves the files to whoever sweeps them. */
    void release() {
        try {
            lockFile.close();
        } catch (IOException e) {
            // nothing was written to it, and the lock ends with the process at the latest
        }
    }

    /** Returns false if another holds the lock; true also where the file system has no locks, and nobody can sweep. */
    private static boolean lock(RandomAccessFile lockFile) {
        try {
            FileLock lock = lockFile.getChannel().tryLock();
            return lock != null;
        } catch (IOException e) {
            return true;
        }
    }

    private static void removeFlat(Path directory) {
        for (String name : StoreDirectory.names(directory)) {
            directory.resolve(name).toFile().delete();
        }
        // what cannot be removed is left to the next who sweeps
        directory.toFile().delete();
    }

    private static String thisJvm() {
        ProcessHandle process = ProcessHandle.current();
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return process.pid() + "-" + Long.toHexString(start) + "-";
    }

    private static String randomPart() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
