package dev.fleche.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use what a store creates: its owner, or also a group, if the store's directory lets the group write.
 *
 * <p>Directories shared with a group carry the set-group-id bit, so that what is created in them belongs to that group.
 * Where the file system knows no permissions, nothing is set. Immutable.
 */
final class FileModes {

    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> GROUP_FILE = PosixFilePermissions.fromString("rw-rw----");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int GROUP_DIRECTORY_MODE = 02770;

    private final boolean posix;
    private final @Nullable GroupPrincipal group;

    private FileModes(boolean posix, @Nullable GroupPrincipal group) {
        this.posix = posix;
        this.group = group;
    }

    /** Returns the modes for a store in {@code directory}, which exists. */
    static FileModes of(Path directory) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (view == null) {
            return new FileModes(false, null);
        }
        PosixFileAttributes attributes = view.readAttributes();
        boolean shared = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE);
        return new FileModes(true, shared ? attributes.group() : null);
    }

    /**
     * Creates {@code directory} for its owner alone unless it is there, and the directories above with the usual modes.
     *
     * @return the directories that were not there, the lowest first
     */
    static List<Path> createRoot(Path directory) throws IOException {
        List<Path> made = new ArrayList<>();
        for (Path missing = directory; missing != null && !Files.exists(missing); missing = missing.getParent()) {
            made.add(missing);
        }
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        new FileModes(posix, null).createDirectory(directory);
        return made;
    }

    /** Creates {@code directory} unless it is there. */
    void createDirectory(Path directory) throws IOException {
        try {
            if (!posix) {
                Files.createDirectory(directory);
            } else if (group == null) {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
            } else {
                Files.createDirectory(directory);
                share(directory, group);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            if (group != null) {
                repair(directory, group);
            }
        }
    }

    /** Shares a directory whose creator was killed before it could; anybody else's is left alone. */
    private static void repair(Path directory, GroupPrincipal group) throws IOException {
        if (!Files.getPosixFilePermissions(directory).contains(PosixFilePermission.GROUP_WRITE)) {
            try {
                share(directory, group);
            } catch (FileSystemException e) {
                // another's, who may be about to; if not, the write that needs it says so
            }
        }
    }

    private static void share(Path directory, GroupPrincipal group) throws IOException {
        Files.getFileAttributeView(directory, PosixFileAttributeView.class).setGroup(group);
        Files.setAttribute(directory, "unix:mode", GROUP_DIRECTORY_MODE);
    }

    /** Gives {@code file}, just created with the process's usual mode, the mode of this store. */
    void apply(Path file) throws IOException {
        if (posix) {
            Files.setPosixFilePermissions(file, wanted());
        }
    }

    /** Returns whether {@code file} has the wrong mode. */
    boolean isNeededFor(Path file) throws IOException {
        return posix
                && !Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                        .equals(wanted());
    }

    private Set<PosixFilePermission> wanted() {
        return group == null ? OWNER_FILE : GROUP_FILE;
    }
}
