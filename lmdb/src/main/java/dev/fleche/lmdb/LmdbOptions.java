package dev.fleche.lmdb;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a configuration says of a store in LMDB.
 *
 * @param directory the store's directory
 * @param durability what the store survives
 * @param maxBytes how large LMDB's file may grow
 * @param largeValueBytes from which size on values are files of their own
 */
record LmdbOptions(Path directory, Durability durability, long maxBytes, int largeValueBytes) {

    static final String PATH = "path";
    static final String MAX_BYTES = "maxBytes";
    static final String LARGE_VALUE_BYTES = "largeValueBytes";

    /**
     * Where a file begins to cost less than an entry, about: between the 200 bytes and the 100 KB that were measured.
     */
    static final int DEFAULT_LARGE_VALUE_BYTES = 16 << 10;

    private static final Set<String> KNOWN = Set.of(PATH, CacheConfig.DURABILITY, MAX_BYTES, LARGE_VALUE_BYTES);
    private static final int MAX_LARGE_VALUE_BYTES = 1 << 30;

    /**
     * Returns the options of a configuration.
     *
     * @throws IllegalArgumentException if one is unknown, missing or out of range
     */
    static LmdbOptions of(CacheConfig config) {
        config.requireKnownOptions(KNOWN);
        return new LmdbOptions(
                directory(config),
                Durability.of(config),
                number(config, MAX_BYTES, Engine.MIN_MAP_BYTES, Long.MAX_VALUE, Long.MAX_VALUE),
                (int) number(config, LARGE_VALUE_BYTES, 0, MAX_LARGE_VALUE_BYTES, DEFAULT_LARGE_VALUE_BYTES));
    }

    private static Path directory(CacheConfig config) {
        String path = config.options().getOrDefault(PATH, "");
        if (path.isBlank()) {
            throw new IllegalArgumentException("expected the option " + PATH + " for storages of type " + config.type()
                    + ": the store's directory");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "option " + PATH + "=" + path + " is no path here: " + e.getMessage(), e);
        }
    }

    private static long number(CacheConfig config, String name, long min, long max, long otherwise) {
        String text = config.options().get(name);
        if (text == null) {
            return otherwise;
        }
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected a number of bytes as option " + name + " of type " + config.type() + ", found \"" + text
                            + "\"",
                    e);
        }
        if (number < min || number > max) {
            throw new IllegalArgumentException("expected from " + min + " to " + max + " bytes as option " + name
                    + " of type " + config.type() + ", found " + number);
        }
        return number;
    }
}
