package dev.fleche.code;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The directory of packs, which is bounded. */
final class PackDirectory {

    static final String SUFFIX = ".pack";
    /** The beginning of the names of files that are being written. */
    static final String ASIDE = "making-";

    static final long MAX_BYTES = 256L << 20;
    static final Duration UNUSED = Duration.ofDays(60);
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private PackDirectory() {}

    static Optional<Path> path() {
        Optional<Path> directory = CacheDirectory.path();
        return directory.isPresent() ? Optional.of(directory.get().resolve("code")) : Optional.empty();
    }

    /** Makes the directory of a pack, unless it is there, and returns it. */
    static Path create(Path pack) throws IOException {
        Path directory = pack.resolveSibling(".").normalize();
        CacheDirectory.create(directory.resolveSibling(".").normalize());
        CacheDirectory.create(directory);
        if (!CacheDirectory.isOurs(directory.resolve("."))) {
            throw new IOException("the directory " + directory + " is not ours alone");
        }
        if (SWEPT.compareAndSet(false, true)) {
            sweep(directory, System.currentTimeMillis());
        }
        return directory;
    }

    /** Removes packs that nobody has used for long, then the oldest ones until the rest is not too much. */
    static void sweep(Path directory, long now) throws IOException {
        File[] files = directory.toFile().listFiles();
        List<File> packs = new ArrayList<>();
        for (File file : files == null ? new File[0] : files) {
            long age = now - file.lastModified();
            boolean abandoned = file.getName().startsWith(ASIDE) && age > ABANDONED.toMillis();
            boolean pack = file.getName().endsWith(SUFFIX);
            if (abandoned || (pack && age > UNUSED.toMillis())) {
                Files.deleteIfExists(file.toPath());
            } else if (pack) {
                packs.add(file);
            }
        }
        packs.sort(Comparator.comparingLong(File::lastModified).reversed());
        long total = 0;
        for (File pack : packs) {
            total += pack.length();
            if (total > MAX_BYTES) {
                Files.deleteIfExists(pack.toPath());
            }
        }
    }
}
