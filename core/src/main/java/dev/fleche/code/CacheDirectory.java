package dev.fleche.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The user's directory for what can be made again. */
public final class CacheDirectory {

    private CacheDirectory() {}

    /** Returns where it is; empty where we could not tell whose files are in it. */
    public static Optional<Path> path() {
        String home = System.getProperty("user.home");
        String cache = System.getenv("XDG_CACHE_HOME");
        try {
            if (cache != null && Path.of(cache).isAbsolute()) {
                return posix(Path.of(cache));
            }
            return home == null || home.length() < 2 ? Optional.empty() : posix(Path.of(home, ".cache"));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> posix(Path parent) {
        return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Optional.of(parent.resolve("fleche"))
                : Optional.empty();
    }

    /**
     * Makes the directory for its owner alone, unless it is there.
     *
     * @throws IOException if it cannot be made
     */
    public static void create(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.exists(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Returns whether a file is there, and nobody but its owner, who runs this program, could have written it. */
    public static boolean isOurs(Path file) {
        Path directory = file.getParent();
        return directory != null && isOwned(directory) && isOwned(file);
    }

    private static boolean isOwned(Path path) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return (attributes.isRegularFile() || attributes.isDirectory())
                    && attributes.owner().getName().equals(System.getProperty("user.name"))
                    && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            return false;
        }
    }
}
