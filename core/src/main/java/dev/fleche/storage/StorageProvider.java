package dev.fleche.storage;

/**
 * A way to open one type of storage from a configuration; found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface StorageProvider {

    /** Returns the type name that configurations and format markers use. */
    String type();

    /**
     * Opens the storages that {@code config} describes.
     *
     * @throws IllegalArgumentException if an option is unknown, missing or out of range; names option, value and remedy
     * @throws StorageException if what is there cannot be opened; nothing is changed then
     */
    Storages open(CacheConfig config);
}
