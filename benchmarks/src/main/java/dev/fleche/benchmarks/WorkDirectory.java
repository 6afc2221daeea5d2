package dev.fleche.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A directory of the temporary file system.
 *
 * <p>Deleted with all its content when it is closed, unless it is inside one that another process will delete: for some
 * minutes after many files were deleted, ext4 takes ten times as long to make a new one.
 */
public final class WorkDirectory implements AutoCloseable {

    /** The system property that names the directory around all others, for the length of a measurement. */
    static final String PARENT = "dev.fleche.benchmarks.directory";

    private static final int SHARDS = 256;

    private final Path path;
    private final boolean isKept;
    private final SplittableRandom random = new SplittableRandom(1);

    private WorkDirectory(Path path, boolean isKept) {
        this.path = path;
        this.isKept = isKept;
    }

    /** Makes a directory, inside the one that the system property names or in that of temporary files. */
    public static WorkDirectory create() throws IOException {
        String parent = System.getProperty(PARENT);
        return parent == null
                ? new WorkDirectory(Files.createTempDirectory("fleche-bench-"), false)
                : new WorkDirectory(Files.createTempDirectory(Path.of(parent), "store-"), true);
    }

    /** Returns the directory. */
    public Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Returns all files under {@code name}. */
    List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(path.resolve(name))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Deletes all files under {@code name} and keeps the directories; other processes may delete some as well. */
    void deleteFiles(String name) throws IOException {
        if (Files.isDirectory(path.resolve(name))) {
            for (Path file : files(name)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes the directories {@code shards/00} to {@code shards/ff}, and {@code temp}. */
    void makeShards() throws IOException {
        Files.createDirectories(path.resolve("temp"));
        for (int i = 0; i < SHARDS; i++) {
            Files.createDirectories(path.resolve("shards").resolve(shard(i)));
        }
    }

    /** Writes a new file aside and renames it into one of the shards: the least that a store can do. */
    Path write(byte[] content) throws IOException {
        byte[] name = new byte[31];
        random.nextBytes(name);
        String hex = HexFormat.of().formatHex(name);
        Path aside = path.resolve("temp").resolve(hex);
        Path target =
                path.resolve("shards").resolve(shard(random.nextInt(SHARDS))).resolve(hex);
        Files.write(aside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String shard(int number) {
        return HexFormat.of().toHexDigits((byte) number);
    }

    @Override
    public void close() throws IOException {
        if (isKept) {
            return;
        }
        // one after the other: there may be millions
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
