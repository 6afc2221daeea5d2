package dev.fleche.storage;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The marker of a store: the file {@value #FILE} at its root, which says what kind of store it is.
 *
 * <p>The lines {@code fleche store}, {@code format <number>}, {@code type <name>}, perhaps others, and last
 * {@code crc32c <8 hex characters>} of all bytes before; each ends in a line feed.
 *
 * @param format the number of the layout's version
 * @param type the type of the storages
 */
record StoreMarker(int format, String type) {

    static final String FILE = "FLECHE";

    private static final int MAX_BYTES = 4096;
    private static final String MAGIC = "fleche store\n";
    private static final Pattern LINES =
            Pattern.compile("fleche store\nformat (\\d{1,9})\ntype ([a-z0-9-]{1,40})\n(?:[^\n]*\n)*");
    private static final Pattern CHECKED = Pattern.compile("(.*\n)crc32c ([0-9a-f]{8})\n", Pattern.DOTALL);

    /**
     * Returns the marker in {@code directory}, if there is one.
     *
     * @throws StorageException if it cannot be read, is damaged, or is no marker
     */
    static Optional<StoreMarker> find(Path directory) {
        File file = directory.resolve(FILE).toFile();
        try {
            return Optional.of(parse(read(file), file));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("the marker " + file + " of the store cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns whether {@code file} is there and holds no sound marker. */
    static boolean isDamaged(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = read(file.toFile());
        } catch (FileNotFoundException e) {
            return false;
        }
        return parse(bytes).isEmpty();
    }

    private static byte[] read(File file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (FileInputStream in = new FileInputStream(file)) {
                return in.readNBytes(MAX_BYTES);
            } catch (FileNotFoundException e) {
                if (!file.exists()) {
                    throw e;
                }
                // it may have come into being just after it was not found
                if (attempt > 1) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }
    }

    /** Returns the bytes of the file. */
    byte[] toBytes() {
        String lines = MAGIC + "format " + format + "\ntype " + type + "\n";
        return (lines + "crc32c " + checksum(lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static StoreMarker parse(byte[] bytes, File file) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith(MAGIC.substring(0, Math.min(MAGIC.length(), text.length())))) {
            throw new StorageException("expected the marker of a Fleche store in " + file
                    + ", found something else; choose an empty directory");
        }
        return parse(bytes)
                .orElseThrow(
                        () -> new StorageException(
                                "expected the marker of a Fleche store in " + file
                                        + ", found damaged bytes; copy the file from another store of the same type, or choose an empty directory"));
    }

    private static Optional<StoreMarker> parse(byte[] bytes) {
        Matcher checked = CHECKED.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (checked.matches() && checksum(checked.group(1)).equals(checked.group(2))) {
            Matcher lines = LINES.matcher(checked.group(1));
            if (lines.matches()) {
                return Optional.of(new StoreMarker(Integer.parseInt(lines.group(1)), lines.group(2)));
            }
        }
        return Optional.empty();
    }

    private static String checksum(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
