package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a directory takes on disk. */
final class DiskUsage {

    private static final int BLOCK = 4096;

    private DiskUsage() {}

    /** Returns the bytes by {@code du}; where there is none, files and directories are taken as whole blocks. */
    static long of(Path directory) throws IOException {
        try {
            Process du = new ProcessBuilder("du", "-sk", directory.toString()).start();
            String text = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return 1024 * Long.parseLong(text.split("\\s", 2)[0]);
        } catch (IOException noSuchProgram) {
            return ofBlocks(directory);
        }
    }

    private static long ofBlocks(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += (Files.size(file) + BLOCK - 1) / BLOCK * BLOCK;
            }
            return bytes;
        }
    }
}
