package dev.fleche.storage;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is to be found: in the environment, in a system property or in a file.
 *
 * <p>Immutable; never holds the secret.
 *
 * @param source what kind of place
 * @param name the name of the variable or property, or the absolute path of the file
 */
record SecretReference(Source source, String name) {

    private static final List<String> SECRET_ENDINGS =
            List.of("password", "passphrase", "secret", "token", "credentials");

    /** What reads more than a key file of the usual kind has been pointed at the wrong file. */
    private static final int MAX_FILE_BYTES = 64 << 10;

    /** The kinds of places. */
    enum Source {
        ENV("env:", "environment variable"),
        PROPERTY("property:", "system property"),
        FILE("file:", "file");

        private final String prefix;
        private final String words;

        Source(String prefix, String words) {
            this.prefix = prefix;
            this.words = words;
        }
    }

    /** Returns whether an option of this name holds a secret, and so takes nothing but a reference. */
    static boolean isSecret(String option) {
        String lower = option.toLowerCase(Locale.ROOT);
        return SECRET_ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /**
     * Returns the reference that an option holds.
     *
     * @throws IllegalArgumentException if it holds anything else, which the message does not show
     */
    static SecretReference parse(String option, String text) {
        for (Source source : Source.values()) {
            if (text.startsWith(source.prefix) && text.length() > source.prefix.length()) {
                SecretReference reference = new SecretReference(source, text.substring(source.prefix.length()));
                reference.requireAbsolute(option);
                return reference;
            }
        }
        throw new IllegalArgumentException("expected a reference to a secret as option " + option
                + ", found something else, which is not shown; put the secret into an environment variable and write"
                + " env:NAME, or write property:NAME or file:PATH");
    }

    /** Another process has another working directory. */
    private void requireAbsolute(String option) {
        if (source != Source.FILE) {
            return;
        }
        try {
            if (Path.of(name).isAbsolute()) {
                return;
            }
        } catch (InvalidPathException e) {
            // told below: what is no path is no absolute one either
        }
        throw new IllegalArgumentException(
                "expected an absolute path after file: as option " + option + ", found \"" + name + "\"");
    }

    /**
     * Returns the secret.
     *
     * @throws StorageException if it is not there
     */
    String resolve(String option) {
        @Nullable
        String found = switch (source) {
            case ENV -> System.getenv(name);
            case PROPERTY -> System.getProperty(name);
            case FILE -> read(option);
        };
        if (found == null) {
            throw new StorageException("option " + option + " refers to the " + source.words + " " + name
                    + ", which this process does not have; set it where the process starts");
        }
        return found;
    }

    private String read(String option) {
        byte[] bytes;
        try (InputStream in = new FileInputStream(name)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        } catch (IOException e) {
            throw new StorageException(
                    "option " + option + " refers to a file that cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > MAX_FILE_BYTES) {
            throw new StorageException("option " + option + " refers to the file " + name
                    + ", expected at most 64 KiB in it, found more; name the file that holds the secret alone");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
