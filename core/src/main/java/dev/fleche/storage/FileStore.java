package dev.fleche.storage;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A store of files in one directory, as this process writes to it.
 *
 * <p>Each file is written aside and then put in its place. What others delete meanwhile, up to the whole directory, is
 * recreated by the next write. Streams of {@code java.io} alone touch the files: a channel would be closed by an
 * interrupt. Safe for several threads and processes.
 */
final class FileStore {

    private static final int ATTEMPTS = 4;

    /** What goes into a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private final StoreDirectory directory;
    private final Placement placement;
    private final @Nullable DurableNames names;
    private final Thread sweeper;
    private volatile @Nullable StoreOwner owner;
    private int users;

    FileStore(StoreDirectory directory, Placement placement, Durability durability, int users) {
        this(
                directory,
                placement,
                durability == Durability.DURABLE
                        ? new DurableNames(directory, new DirectorySync(directory.root()))
                        : null,
                users);
    }

    /** Creates the store; it is durable if there is somebody who keeps names. */
    FileStore(StoreDirectory directory, Placement placement, @Nullable DurableNames names, int users) {
        this.directory = directory;
        this.placement = placement;
        this.names = names;
        this.users = users;
        sweeper = new Thread(null, new StoreSweep(directory), "fleche sweeper of " + directory.root(), 0, false);
        sweeper.setDaemon(true);
        sweeper.start();
    }

    /** Waits until what dead owners left has been removed. */
    void awaitSweep() throws InterruptedException {
        sweeper.join();
    }

    boolean isDurable() {
        return names != null;
    }

    StoreDirectory directory() {
        return directory;
    }

    /**
     * Notes that {@code values} belong to the call {@code key}, in a file of this process's owner.
     *
     * @throws StorageException if it cannot be written
     */
    CallStorage.Admission admit(Digest key, Set<Address> values) {
        if (values.isEmpty()) {
            return () -> {};
        }
        StringBuilder lines = new StringBuilder();
        new TreeSet<>(values).forEach(address -> lines.append(address).append('\n'));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
        Path path = pathOfOwner(StoreDirectory.ADMISSIONS, key.toString());
        // which needs not survive what no process survives
        write(path, out -> out.write(bytes), true, null);
        // one that cannot be deleted ends with its owner
        return () -> path.toFile().delete();
    }

    /** Returns the path for a new file of this process's owner below {@code area}. */
    private Path pathOfOwner(String area, String name) {
        StoreOwner current = requireOwner(area);
        return directory.root().resolve(area).resolve(current.token()).resolve(name + "-" + current.nextNumber());
    }

    /**
     * Writes a file unless it is there, and returns whether it did.
     *
     * @throws StorageException if it cannot be written; nothing of it remains
     */
    boolean writeIfAbsent(Path target, Content content) {
        return write(target, content, false, names);
    }

    /**
     * Writes a file in place of what is there.
     *
     * @throws StorageException if it cannot be written; what was there remains
     */
    void write(Path target, Content content) {
        write(target, content, true, names);
    }

    /**
     * Sees to it that a file that is there survives as what is written here does; returns false if it cannot, or the
     * file is gone.
     */
    boolean keep(Path file) {
        if (names == null) {
            return true;
        }
        try {
            keepExisting(file, names);
            return true;
        } catch (IOException e) {
            // whoever asks writes it again, which says what is wrong
            return false;
        }
    }

    /**
     * Sees to it that all names in {@code place}, a directory below the root, survive as what is written here does.
     *
     * @throws StorageException if they may not
     */
    void keepNames(Path place) {
        if (names != null) {
            try {
                names.keep(place);
            } catch (NoSuchFileException e) {
                // nor are there names any more
            } catch (IOException e) {
                throw failed(place, e);
            }
        }
    }

    /** Ends one user's use; the last one's takes the owner with it. */
    synchronized void close() {
        users--;
        StoreOwner last = owner;
        if (users == 0 && last != null) {
            owner = null;
            last.close();
        }
    }

    private boolean write(Path target, Content content, boolean replacing, @Nullable DurableNames durable) {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryWrite(target, content, replacing, durable);
            } catch (FileNotFoundException | NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw failed(target, e);
                }
                restore(target);
            } catch (IOException e) {
                throw failed(target, e);
            }
        }
    }

    private boolean tryWrite(Path target, Content content, boolean replacing, @Nullable DurableNames durable)
            throws IOException {
        StoreOwner current = owner;
        if (current == null) {
            // the first write, which creates the owner as if it had been deleted
            throw new NoSuchFileException(target.toString());
        }
        Path temp = current.newTempFile();
        boolean placed = false;
        try {
            try (FileOutputStream out = new FileOutputStream(temp.toFile())) {
                content.writeTo(out);
                if (current.isModeNeeded()) {
                    directory.modes().apply(temp);
                }
                if (durable != null) {
                    out.getFD().sync();
                }
            }
            boolean first = durable == null
                    ? place(temp, target, replacing)
                    : placeDurably(temp, target, replacing, durable, current.newTempFile());
            placed = true;
            return first;
        } finally {
            if (!placed) {
                temp.toFile().delete();
            }
        }
    }

    private boolean place(Path temp, Path target, boolean replacing) throws IOException {
        if (replacing) {
            placement.replace(temp, target);
            return true;
        }
        return placement.putIfAbsent(temp, target);
    }

    /** Puts a file in its place so that it stays there; if it may not, what was there is put back. */
    private boolean placeDurably(Path temp, Path target, boolean replacing, DurableNames durable, Path aside)
            throws IOException {
        boolean isAside = replacing && Placement.copyName(target, aside);
        boolean first = false;
        boolean kept = false;
        try {
            first = place(temp, target, replacing);
            if (first) {
                durable.keep(Objects.requireNonNull(target.getParent(), "directory"));
            } else {
                keepExisting(target, durable);
            }
            kept = true;
            return first;
        } finally {
            if (!kept && first) {
                putBack(isAside ? aside : null, target);
            } else if (isAside) {
                aside.toFile().delete();
            }
        }
    }

    private void putBack(@Nullable Path before, Path target) {
        try {
            if (before != null) {
                placement.replace(before, target);
                return;
            }
        } catch (IOException e) {
            // then nothing is better than what may be gone after the next power failure
            before.toFile().delete();
        }
        target.toFile().delete();
    }

    private static void keepExisting(Path file, DurableNames durable) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.getFD().sync();
        }
        durable.keep(Objects.requireNonNull(file.getParent(), "directory"));
    }

    /** Recreates whatever of the layout is missing for a file at {@code target}. */
    private synchronized void restore(Path target) {
        requireUsers();
        if (names != null) {
            names.forget(target);
        }
        try {
            directory.restore();
            StoreOwner current = owner;
            if (current == null) {
                owner = StoreOwner.create(directory);
            } else if (!current.isKnown()) {
                owner = StoreOwner.create(directory);
                current.release();
            } else {
                directory.createDirectories(StoreDirectory.TEMP, current.token());
            }
            Path below = directory.root().relativize(target);
            directory.createDirectories(
                    below.getName(0).toString(), below.getName(1).toString());
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private synchronized StoreOwner requireOwner(String area) {
        requireUsers();
        StoreOwner current = owner;
        if (current == null) {
            try {
                directory.restore();
                current = StoreOwner.create(directory);
            } catch (IOException e) {
                throw failed(directory.root().resolve(area), e);
            }
            owner = current;
        }
        return current;
    }

    private void requireUsers() {
        if (users == 0) {
            throw new StorageException("the store in " + directory.root() + " is closed; open it again");
        }
    }

    private static StorageException failed(Path target, IOException e) {
        return new StorageException(target + " cannot be written: " + StoreDirectory.reason(e), e);
    }
}
