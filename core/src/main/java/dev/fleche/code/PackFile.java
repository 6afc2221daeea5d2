package dev.fleche.code;

import dev.fleche.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a pack under the user's directory for caches.
 *
 * <p>Written aside and renamed. One that is damaged or somebody else's is ignored and replaced. No trouble with it
 * reaches a caller. Immutable.
 */
final class PackFile {

    private static final long MAX_BYTES = 32 << 20;
    private static final Duration TOUCHED = Duration.ofDays(1);
    private final String root;
    private final @Nullable Path file;

    private PackFile(String root, @Nullable Path file) {
        this.root = root;
        this.file = file;
    }

    static PackFile of(String root) {
        byte[] name = (PackMaker.NAME + '\n' + root).getBytes(StandardCharsets.UTF_8);
        String digest = HexFormat.of().formatHex(Sha256.create().digest(name), 0, 12);
        Optional<Path> directory = PackDirectory.path();
        return new PackFile(
                root, directory.isPresent() ? directory.get().resolve(digest + PackDirectory.SUFFIX) : null);
    }

    /** Returns its entries; none if it is not there or not usable. */
    Map<String, PackEntry> read() {
        if (file == null || !CacheDirectory.isOurs(file)) {
            return Map.of();
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                return Map.of();
            }
            Optional<Map<String, PackEntry>> entries =
                    PackFormat.decode(Files.readAllBytes(file), PackMaker.NAME, root);
            touch(file);
            return entries.orElse(Map.of());
        } catch (IOException e) {
            log("a file of analysed classes cannot be read", e);
            return Map.of();
        }
    }

    /** Tells the sweep that somebody needs it. */
    private static void touch(Path file) throws IOException {
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TOUCHED))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
    }

    /** Writes entries, and those of others that are there; only what was used if all would be too much. */
    void write(Map<String, PackEntry> entries, Set<String> used) {
        if (file == null) {
            return;
        }
        Map<String, PackEntry> all = new HashMap<>(read());
        all.putAll(entries);
        try {
            byte[] bytes = PackFormat.encode(PackMaker.NAME, root, all);
            if (bytes.length > MAX_BYTES) {
                all.keySet().retainAll(used);
                bytes = PackFormat.encode(PackMaker.NAME, root, all);
            }
            if (bytes.length <= MAX_BYTES) {
                replace(file, bytes);
            }
        } catch (IOException e) {
            log("analysed classes cannot be kept; the next start takes longer", e);
        }
    }

    /** The logger is made when it is needed: with it starts all that logs. */
    private static void log(String message, IOException e) {
        System.getLogger("dev.fleche").log(System.Logger.Level.DEBUG, message, e);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path directory = PackDirectory.create(file);
        Path aside = Files.createTempFile(directory, PackDirectory.ASIDE, "");
        try {
            Files.write(aside, bytes);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
