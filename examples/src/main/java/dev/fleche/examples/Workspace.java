package dev.fleche.examples;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The directory that the tour's stores are in; removed at the end, also after Ctrl-C, unless it is to be kept.
 *
 * <p>Safe for use by several threads.
 */
final class Workspace implements AutoCloseable {

    private final Path directory;
    private final boolean isKept;

    private Workspace(Path directory, boolean isKept) {
        this.directory = directory;
        this.isKept = isKept;
    }

    /** Makes and returns a fresh temporary directory, or the one to keep. */
    static Workspace open(Optional<Path> kept) throws IOException {
        if (kept.isPresent()) {
            return new Workspace(Files.createDirectories(kept.get()), true);
        }
        Workspace workspace = new Workspace(Files.createTempDirectory("fleche-tour-"), false);
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::removeOrSay));
        return workspace;
    }

    Path directory() {
        return directory;
    }

    /** Returns what becomes of the directory, to follow its name in a sentence. */
    String fate() {
        return isKept ? " and stay there." : " and go at the end; --store DIR keeps them.";
    }

    Path subdirectory(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    @Override
    public void close() throws IOException {
        if (!isKept) {
            remove();
        }
    }

    private void removeOrSay() {
        try {
            remove();
        } catch (IOException e) {
            // another thread of the interrupted tour may write meanwhile; who stopped it can remove the rest
            System.err.println("fleche tour: could not remove " + directory + ": " + e);
        }
    }

    private synchronized void remove() throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
