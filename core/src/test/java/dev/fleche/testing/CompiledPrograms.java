package dev.fleche.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory in which programs are compiled once for all tests of a JVM; it goes with the JVM. */
final class CompiledPrograms {

    static final Path DIRECTORY = make();

    private CompiledPrograms() {}

    private static Path make() {
        try {
            Path directory = Files.createTempDirectory("fleche-programs");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("expected to delete " + directory, e);
        }
    }
}
