package dev.fleche.lmdb;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which run of the operating system this is: what was written and not synchronised survives as long as it goes on. */
final class Boot {

    private static final String LINUX = "/proc/sys/kernel/random/boot_id";
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f-]{36}");
    private static final int MAX_BYTES = 64;

    private Boot() {}

    /** Returns a text that no other run has; empty where the system does not tell. */
    static Optional<String> current() {
        try (FileInputStream in = new FileInputStream(LINUX)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
            return Optional.of(text).filter(id -> SHAPE.matcher(id).matches());
        } catch (IOException e) {
            // not Linux, or hidden from this process
            return Optional.empty();
        }
    }
}
