package dev.fleche.testing;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A file in which bodies say that they run: appended lines of several processes do not mix. */
public final class Journal {

    private static volatile Path file = Path.of("journal");

    private Journal() {}

    /** Makes the journal of this process the one in a directory. */
    public static void open(Path directory) {
        file = directory.resolve("journal");
    }

    /** Appends a line. */
    public static void note(String line) {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the lines so far. */
    public static List<String> noted() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line. */
    public static void awaitNoted(String line) {
        while (!noted().contains(line)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Waits until there are that many lines. */
    public static void awaitLines(int count) {
        while (noted().size() < count) {
            LockSupport.parkNanos(100_000);
        }
    }
}
