package dev.fleche.storage;

import dev.fleche.digest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Locks on keys by the byte ranges of one file: the byte at the first 63 bits of a key is locked with it.
 *
 * <p>The operating system drops the locks of a process that ends. The file is made and opened at the first lock, and
 * open until the locks are closed; a file that was deleted or replaced is noticed within a second. A program that opens
 * the lock file itself and closes it again, to copy it for instance, drops all locks of its own JVM on Unix; like every
 * lost lock, that costs at most computing once more what is being computed. Safe for several threads and processes.
 */
final class FileKeyLocks implements KeyLocks {

    /** So many positions have room for a byte; the last two numbers of a signed 64-bit offset have not. */
    private static final long POSITIONS = Long.MAX_VALUE - 1;

    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StoreDirectory directory;
    private final Path path;
    private @Nullable LockFile file;
    private long checkedNanos;
    private boolean closed;

    FileKeyLocks(StoreDirectory directory) {
        this.directory = directory;
        path = directory.root().resolve(StoreDirectory.LOCKS);
    }

    @Override
    public synchronized Optional<KeyLock> tryLock(Digest key) {
        try {
            return lockFile().tryLock(position(key));
        } catch (IOException e) {
            throw new StorageException(path + " cannot be locked: " + StoreDirectory.reason(e), e);
        }
    }

    static long position(Digest key) {
        return Long.remainderUnsigned(ByteBuffer.wrap(key.toBytes()).getLong(), POSITIONS);
    }

    private LockFile lockFile() throws IOException {
        if (closed) {
            throw new StorageException("the locks in " + path + " are closed; open the store again");
        }
        LockFile current = file;
        long now = System.nanoTime();
        if (current != null && now - checkedNanos < CHECK_NANOS) {
            return current;
        }
        if (current != null && current.isAt(path)) {
            checkedNanos = now;
            return current;
        }
        forget();
        directory.restore();
        directory.createFile(StoreDirectory.LOCKS);
        LockFile opened = LockFile.open(path);
        file = opened;
        checkedNanos = now;
        return opened;
    }

    private void forget() {
        LockFile current = file;
        file = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        forget();
    }
}
