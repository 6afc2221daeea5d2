package dev.fleche.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine and the Java that figures belong to. */
public final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private Machine() {}

    /** Returns a description in some lines. */
    public static String describe() {
        return String.join(
                System.lineSeparator(),
                List.of(
                        "date    " + LocalDate.now(ZoneOffset.UTC),
                        "java    " + System.getProperty("java.vm.name") + " " + Runtime.version(),
                        "cpu     " + field(CPU, "model name", System.getProperty("os.arch")) + ", "
                                + Runtime.getRuntime().availableProcessors() + " processors",
                        "memory  " + memory(),
                        "system  " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        "files   " + files()));
    }

    /**
     * Returns how many threads wanted to run, on average over the last minute; a run of the benchmarks is one or two.
     */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }

    private static String memory() {
        long heapMebibytes = Runtime.getRuntime().maxMemory() >> 20;
        String kibibytes = field(MEMORY, "MemTotal", "").replaceAll("\\D", "");
        String heap = "largest heap " + heapMebibytes + " MiB";
        return kibibytes.isEmpty()
                ? heap
                : String.format(Locale.ROOT, "%.1f GiB, %s", Long.parseLong(kibibytes) / (1024.0 * 1024), heap);
    }

    private static String files() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return directory + " on " + Files.getFileStore(directory).type();
        } catch (IOException e) {
            throw new UncheckedIOException("the directory for temporary files cannot be used: " + directory, e);
        }
    }

    /** Returns a line's text after the colon; {@code absent} on systems that have no such file. */
    private static String field(Path file, String name, String absent) {
        if (!Files.isReadable(file)) {
            return absent;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(absent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
