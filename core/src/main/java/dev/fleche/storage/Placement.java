package dev.fleche.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Puts finished files in their place, at once and whole.
 *
 * <p>First come is decided by a hard link, which fails if the name is taken. On a file system without hard links it is
 * decided by asking and renaming under a lock of this JVM: of two processes that put the same name within the same
 * microseconds, both may then take themselves for the first, and the last one's file stays. Safe for several threads
 * and processes.
 */
final class Placement {

    private static final Object WITHOUT_LINKS = new Object();

    private volatile boolean links;

    Placement(boolean links) {
        this.links = links;
    }

    /** Moves {@code finished} to {@code target}, in place of what is there. */
    void replace(Path finished, Path target) throws IOException {
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Moves {@code finished} to {@code target} unless that is taken, and returns whether it did.
     *
     * @throws NoSuchFileException if {@code finished}, or the directory of {@code target}, is gone
     */
    boolean putIfAbsent(Path finished, Path target) throws IOException {
        if (!links) {
            return renameIfAbsent(finished, target);
        }
        try {
            Files.createLink(target, finished);
        } catch (FileAlreadyExistsException e) {
            finished.toFile().delete();
            return false;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // file systems without hard links report this in many ways; if it was something else, renaming fails too
            boolean placed = renameAfter(e, finished, target);
            links = false;
            return placed;
        }
        // a name that cannot be deleted is swept some day, and what was to be placed is in its place
        finished.toFile().delete();
        return true;
    }

    /** Gives a file, if there is one, the second name {@code aside}, and returns whether it has it. */
    static boolean copyName(Path file, Path aside) {
        try {
            Files.createLink(aside, file);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // there is no file, or no hard links here
            return false;
        }
    }

    private static boolean renameAfter(Exception linkFailure, Path finished, Path target) throws IOException {
        try {
            return renameIfAbsent(finished, target);
        } catch (IOException e) {
            e.addSuppressed(linkFailure);
            throw e;
        }
    }

    private static boolean renameIfAbsent(Path finished, Path target) throws IOException {
        synchronized (WITHOUT_LINKS) {
            if (Files.exists(target)) {
                finished.toFile().delete();
                return false;
            }
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }
}
