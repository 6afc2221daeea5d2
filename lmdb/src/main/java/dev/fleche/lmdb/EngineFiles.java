package dev.fleche.lmdb;

import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageException;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;

/**
 * The directory of LMDB's environment: who has it open, and whether its file may be mapped.
 *
 * <p>Nobody opens or closes it while another does. LMDB maps its file, and a damaged one may end the process; so before
 * that the file is read: its first pages always, all of it if the system has ended before all was on the disk. Opened
 * and closed by one thread at a time.
 */
final class EngineFiles {

    static final String DATA = "data.mdb";
    static final String LOCKS = "lock.mdb";
    static final String USE = "use";
    static final String DAMAGED = "damaged.mdb";

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.lmdb");
    private static final long FIRST_MAP_BYTES = 16 << 20;

    private final Path directory;
    private final Durability durability;
    private final Optional<String> boot = Boot.current();
    private final UseFile use;
    private volatile boolean written;

    private EngineFiles(Path directory, Durability durability, UseFile use) {
        this.directory = directory;
        this.durability = durability;
        this.use = use;
    }

    /**
     * Opens the directory, and makes its files if they are not there.
     *
     * @throws StorageException if it is open in this process, or its files cannot be made
     */
    static EngineFiles open(Path directory, Durability durability) {
        try {
            for (String name : List.of(USE, DATA, LOCKS)) {
                create(directory.resolve(name));
            }
            return new EngineFiles(directory, durability, UseFile.open(directory.resolve(USE)));
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /**
     * Creates an empty file unless it is there; LMDB takes it for one that it has yet to write.
     *
     * <p>LMDB would make it for whom the process's mask says, and not for the group with which a store may be shared.
     */
    private static void create(Path path) throws IOException {
        File file = path.toFile();
        if (!file.exists()) {
            new FileOutputStream(file, true).close();
            PosixFileAttributeView view = Files.getFileAttributeView(path.getParent(), PosixFileAttributeView.class);
            if (view != null) {
                Set<PosixFilePermission> above = view.readAttributes().permissions();
                boolean shared = above.contains(PosixFilePermission.GROUP_WRITE);
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(shared ? "rw-rw----" : "rw-------"));
            }
        }
    }

    Path directory() {
        return directory;
    }

    Path data() {
        return directory.resolve(DATA);
    }

    /** Returns the path of a damaged file whose sound entries are to be copied. */
    Path damaged() {
        return directory.resolve(DAMAGED);
    }

    /**
     * Opens the environment.
     *
     * @throws StorageException if it cannot be opened
     */
    OpenEnv openEnv(long maxBytes) {
        OpenEnv env = null;
        boolean done = false;
        try {
            use.unshare();
            use.beginOpening();
            try {
                long bytes = Math.max(requireSoundFile(), FIRST_MAP_BYTES);
                env = OpenEnv.open(directory, Math.min(maxBytes, bytes), flags());
                use.share();
                env.freeDeadReaders();
            } finally {
                use.endOpening();
            }
            done = true;
            return env;
        } catch (IOException | LmdbException e) {
            throw failure(directory, e);
        } finally {
            if (!done && env != null) {
                env.close();
            }
        }
    }

    private EnvFlags[] flags() {
        if (durability == Durability.DURABLE) {
            return new EnvFlags[] {EnvFlags.MDB_NOTLS};
        }
        // without a way to know that the system has ended since, the pages must be on the disk before the root is
        EnvFlags fast = boot.isPresent() ? EnvFlags.MDB_NOSYNC : EnvFlags.MDB_NOMETASYNC;
        return new EnvFlags[] {EnvFlags.MDB_NOTLS, fast};
    }

    /** Returns how long LMDB's file is, and sees to it that it may be mapped. */
    private long requireSoundFile() throws IOException {
        List<String> damages;
        try (PageFile file = PageFile.open(data())) {
            if (file.length() == 0) {
                use.setSynced();
                return 0;
            }
            if (file.isOfOtherVersion()) {
                throw new StorageException("expected a file of LMDB 0.9 in " + data()
                        + ", found one of another version; use the version of Fleche that wrote it");
            }
            boolean sound = use.isSound();
            damages = sound ? firstDamages(file) : allDamages(file);
            if (damages.isEmpty()) {
                if (!sound) {
                    // what has just been read was on the disk when the system began
                    use.setSynced();
                }
                return file.length();
            }
        }
        setAside(damages);
        return 0;
    }

    private List<String> firstDamages(PageFile file) throws IOException {
        try {
            MetaPage meta = file.metas().get(0);
            // it may be longer if a transaction was given up, and shorter if it ends in free pages
            boolean usual = file.length() == (meta.lastPage() + 1) * meta.pageBytes();
            // while others write, it is longer at times, and pages of any state but their last are used anew
            return usual || !isAlone() ? List.of() : allDamages(file);
        } catch (DamagedPagesException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether no other process has the environment open; none can open it at this moment. */
    private boolean isAlone() throws IOException {
        try {
            return use.tryAlone();
        } finally {
            use.unshare();
        }
    }

    private static List<String> allDamages(PageFile file) throws IOException {
        try {
            return PageWalk.damages(file, file.metas().get(0), (name, key, data) -> {});
        } catch (DamagedPagesException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Begins anew with an empty file, unless another process has the damaged one open.
     *
     * <p>What is sound in the damaged one is copied later; one that waits for that since before is given up.
     */
    private void setAside(List<String> damages) throws IOException {
        String what = "LMDB's file " + data() + " is damaged (" + damages.get(0) + ")";
        if (!use.tryAlone()) {
            throw new StorageException(what + ", and other processes have it open; end them, and open the store again");
        }
        try {
            Files.move(data(), damaged(), StandardCopyOption.REPLACE_EXISTING);
            create(data());
            use.setSynced();
        } finally {
            use.unshare();
        }
        LOGGER.log(System.Logger.Level.WARNING, what + "; its sound entries are kept, the others computed again");
    }

    /**
     * Closes an environment whose file is damaged, puts the file aside, and opens an empty one.
     *
     * @throws StorageException if other processes have it open; it stays closed then
     */
    OpenEnv replace(OpenEnv env, List<String> damages, long maxBytes) {
        try {
            use.unshare();
            use.beginOpening();
            try {
                env.close();
                setAside(damages);
            } finally {
                use.endOpening();
            }
            return openEnv(maxBytes);
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /**
     * Notes once that what is written from here on is not on the disk at once.
     *
     * @throws StorageException if that cannot be noted
     */
    void beforeWrite() {
        if (!written) {
            try {
                if (durability == Durability.FAST && boot.isPresent()) {
                    use.setUnsynced(boot.get());
                }
                written = true;
            } catch (IOException e) {
                throw failure(directory, e);
            }
        }
    }

    /** Closes the environment; whoever closes it last sees to it that all is on the disk. */
    void close(OpenEnv env) {
        try {
            use.beginOpening();
            if (use.tryAlone() && !use.isSynced()) {
                env.sync();
                use.setSynced();
            }
        } catch (IOException | LmdbException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the store in " + directory + " may lose entries if the system ends: " + e.getMessage());
        } finally {
            env.close();
            use.close();
        }
    }

    /** Gives the directory up without an environment. */
    void close() {
        use.close();
    }

    private static StorageException failure(Path directory, Exception e) {
        return new StorageException("LMDB in " + directory + " cannot be opened: " + e.getMessage(), e);
    }
}
