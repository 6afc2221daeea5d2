package dev.fleche.storage;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The directory of a store: its marker, its layout and who may use it.
 *
 * <p>A directory is touched only if it is a store of this type and format already, or empty, or not there. Safe for
 * several threads and processes.
 */
final class StoreDirectory {

    static final String CALLS = "calls";
    static final String VALUES = "values";
    static final String OWNERS = "owners";
    static final String TEMP = "temp";
    static final String ADMISSIONS = "admissions";
    static final String LOCKS = "locks";

    private static final int FORMAT = 1;
    private static final int ATTEMPTS = 10;
    private static final String UNFINISHED = StoreMarker.FILE + ".";
    private static final Set<String> LAYOUT = Set.of(CALLS, VALUES, OWNERS, TEMP, ADMISSIONS, LOCKS);

    private final Path root;
    private final StoreMarker marker;
    private volatile FileModes modes;
    private volatile List<Path> made;

    private StoreDirectory(Path root, StoreMarker marker, FileModes modes, List<Path> made) {
        this.root = root;
        this.marker = marker;
        this.modes = modes;
        this.made = List.copyOf(made);
    }

    /**
     * Opens the store in {@code directory}, which becomes one if it is empty or not there.
     *
     * @throws StorageException if it is something else, or cannot be created; nothing is changed then
     */
    static StoreDirectory open(Path directory, String type) {
        Path root = directory.toAbsolutePath().normalize();
        StoreMarker marker = new StoreMarker(FORMAT, type);
        List<Path> made = List.of();
        try {
            if (!isMarked(root, marker)) {
                requireDirectory(root);
                requireOnly(root, Set.of(), marker);
                made = FileModes.createRoot(root);
                writeMarker(root, marker);
            }
            return new StoreDirectory(root, marker, FileModes.of(root), made);
        } catch (IOException e) {
            throw new StorageException("the store in " + root + " cannot be opened: " + reason(e), e);
        }
    }

    /** Recreates root and marker if they are gone, unless something else has taken their place. */
    void restore() throws IOException {
        if (!isMarked(root, marker)) {
            requireDirectory(root);
            requireOnly(root, LAYOUT, marker);
            made = List.copyOf(FileModes.createRoot(root));
            modes = FileModes.of(root);
            writeMarker(root, marker);
        }
    }

    Path root() {
        return root;
    }

    /** Returns the root and directories above it that were not there when it was opened or last restored. */
    List<Path> made() {
        return made;
    }

    FileModes modes() {
        return modes;
    }

    /** Returns the directory at {@code names} below the root, which is created if need be, with those above. */
    Path createDirectories(String... names) throws IOException {
        Path directory = root;
        for (String name : names) {
            directory = directory.resolve(name);
            modes.createDirectory(directory);
        }
        return directory;
    }

    /** Creates an empty file below the root unless it is there; others see it only with its mode. */
    void createFile(String name) throws IOException {
        Path target = root.resolve(name);
        for (int attempt = 1; !Files.exists(target); attempt++) {
            Path unfinished = root.resolve(UNFINISHED + UUID.randomUUID());
            try {
                new FileOutputStream(unfinished.toFile()).close();
                modes.apply(unfinished);
                new Placement(true).putIfAbsent(unfinished, target);
            } catch (NoSuchFileException e) {
                // who opens the store at this moment has swept it
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                unfinished.toFile().delete();
            }
        }
    }

    /** Removes markers and files of the root that were never finished. */
    void sweep() {
        for (String name : names(root)) {
            if (isUnfinished(name)) {
                // who is about to finish it finds the marker in place; who cannot delete it leaves it to the next
                root.resolve(name).toFile().delete();
            }
        }
    }

    /** Returns whether {@code name} belongs into the root of every store, finished or not. */
    boolean isOwn(String name) {
        return name.equals(StoreMarker.FILE) || LAYOUT.contains(name) || isUnfinished(name);
    }

    static boolean isUnfinished(String name) {
        return name.startsWith(UNFINISHED);
    }

    /** Returns what is wrong with the marker of this store, which was sound when it was opened. */
    List<Flaw> markerFlaws() {
        String place = root.resolve(StoreMarker.FILE).toString();
        try {
            return isMarked(root, marker)
                    ? List.of()
                    : List.of(new Flaw(Flaw.Kind.FOREIGN, place, "the store's marker is gone"));
        } catch (StorageException e) {
            return List.of(new Flaw(Flaw.Kind.FOREIGN, place, String.valueOf(e.getMessage())));
        }
    }

    /** Writes the marker again if it is gone or damaged; that of another type or format is left alone. */
    void repairMarker() throws IOException {
        Path path = root.resolve(StoreMarker.FILE);
        if (StoreMarker.isDamaged(path)) {
            Path unfinished = writeUnfinishedMarker(root, marker);
            try {
                new Placement(true).replace(unfinished, path);
            } finally {
                unfinished.toFile().delete();
            }
        } else if (!path.toFile().exists()) {
            restore();
        }
    }

    /** Returns the names in {@code directory}; none if it cannot be read. */
    static String[] names(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? new String[0] : names;
    }

    /** Returns why {@code e} happened, without the path that the message around it names. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    private static boolean isMarked(Path root, StoreMarker expected) {
        Optional<StoreMarker> found = StoreMarker.find(root);
        if (found.isEmpty()) {
            return false;
        }
        StoreMarker marker = found.get();
        if (!marker.type().equals(expected.type())) {
            throw new StorageException("expected a store of type " + expected.type() + " in " + root + ", found type "
                    + marker.type() + "; open it as that type");
        }
        if (marker.format() != expected.format()) {
            throw new StorageException("expected a store of format " + expected.format() + " in " + root
                    + ", found format " + marker.format() + "; use the version of Fleche that wrote it");
        }
        return true;
    }

    private static void requireDirectory(Path root) {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StorageException(
                    "expected a directory for the store at " + root + ", found a file; choose an empty directory");
        }
    }

    /**
     * Returns the names in a directory, none if it does not exist.
     *
     * @throws StorageException if it exists and cannot be read
     */
    static String[] list(File directory) {
        String[] names = directory.list();
        if (names == null && directory.exists()) {
            // one that another makes at this moment was not there to be listed, and is there when asked for
            names = directory.list();
            if (names == null && directory.exists()) {
                throw new StorageException("the directory " + directory + " cannot be read; check its permissions");
            }
        }
        return names == null ? new String[0] : names;
    }

    /** Fails if a directory without marker holds anything but {@code allowed}. */
    private static void requireOnly(Path root, Set<String> allowed, StoreMarker marker) {
        if (Arrays.stream(list(root.toFile())).allMatch(name -> allowed.contains(name) || isUnfinished(name))) {
            return;
        }
        // another process may have finished its marker since, and gone on
        if (!isMarked(root, marker)) {
            throw new StorageException(
                    root + " is not a Fleche store, and holds other files; choose an empty directory");
        }
    }

    private static void writeMarker(Path root, StoreMarker marker) throws IOException {
        try {
            Path unfinished = writeUnfinishedMarker(root, marker);
            try {
                new Placement(true).putIfAbsent(unfinished, root.resolve(StoreMarker.FILE));
            } finally {
                unfinished.toFile().delete();
            }
        } catch (IOException e) {
            // another process that has finished the marker sweeps those that are not
            if (!isMarked(root, marker)) {
                throw e;
            }
        }
        if (!isMarked(root, marker)) {
            throw new IOException("the marker " + root.resolve(StoreMarker.FILE) + " vanished");
        }
    }

    /** Returns a new file with the marker, on the disk: a store whose marker is lost is lost. */
    private static Path writeUnfinishedMarker(Path root, StoreMarker marker) throws IOException {
        Path unfinished = root.resolve(UNFINISHED + UUID.randomUUID());
        boolean written = false;
        try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
            out.write(marker.toBytes());
            FileModes.of(root).apply(unfinished);
            out.getFD().sync();
            written = true;
            return unfinished;
        } finally {
            if (!written) {
                unfinished.toFile().delete();
            }
        }
    }
}
