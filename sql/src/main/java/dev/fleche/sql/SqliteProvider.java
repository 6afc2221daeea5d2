package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageProvider;
import dev.fleche.storage.Storages;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** The way to open storages of type {@code sqlite}, with the options {@code path} and {@code durability}. */
public final class SqliteProvider implements StorageProvider {

    static final String PATH = "path";

    /** Creates a provider. */
    public SqliteProvider() {}

    @Override
    public String type() {
        return Dialect.SQLITE.type();
    }

    @Override
    public Storages open(CacheConfig config) {
        config.requireKnownOptions(Set.of(PATH, CacheConfig.DURABILITY));
        String path = config.options().getOrDefault(PATH, "");
        if (path.isBlank()) {
            throw new IllegalArgumentException(
                    "expected the option " + PATH + " for storages of type " + type() + ": the store's directory");
        }
        try {
            return SqliteStore.open(Path.of(path), Durability.of(config));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "option " + PATH + "=" + path + " is no path here: " + e.getMessage(), e);
        }
    }
}
