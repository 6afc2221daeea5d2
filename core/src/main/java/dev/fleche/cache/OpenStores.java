package dev.fleche.cache;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The directories that this JVM has open: each once, however many handles there are on it.
 *
 * <p>Safe for use by several threads.
 */
final class OpenStores {

    private static final Map<Path, OpenStore> OPEN = new HashMap<>();
    private static @Nullable Thread closer;

    /** A store and the number of handles on it. */
    static final class OpenStore {

        private final Path path;
        private final StoreCache cache;
        private int handles;

        private OpenStore(Path path, StoreCache cache) {
            this.path = path;
            this.cache = cache;
        }
    }

    private OpenStores() {}

    /**
     * Returns a handle on the store of a directory, opening it if no handle is open.
     *
     * <p>A directory that two paths name (links, {@code ..}) is one store.
     */
    static Cache open(Path directory, Supplier<CacheConfig> config) {
        synchronized (OPEN) {
            OpenStore open = OPEN.get(realPath(directory));
            CacheConfig wanted = config.get();
            if (open == null) {
                open = openFirst(directory, wanted);
            } else {
                requireSame(directory, open, wanted);
            }
            open.handles++;
            return handle(open);
        }
    }

    private static Cache handle(OpenStore open) {
        return new CacheHandle(open.cache, () -> release(open));
    }

    private static OpenStore openFirst(Path directory, CacheConfig config) {
        closeAtShutdown();
        Storages storages = StorageProviders.open(config);
        Path real = realPath(directory);
        OpenStore open =
                new OpenStore(real, new StoreCache(storages, Optional.of(config.with("path", real.toString()))));
        OPEN.put(real, open);
        return open;
    }

    private static void requireSame(Path directory, OpenStore open, CacheConfig wanted) {
        CacheConfig present = open.cache.config().orElseThrow();
        if (!present.type().equals(wanted.type())) {
            throw new StorageException("expected a store of type " + wanted.type() + " in " + directory
                    + ", found one of type " + present.type() + " that is open; open it by Cache.open(path)");
        }
        // who does not say is content with either
        if (wanted.options().containsKey(CacheConfig.DURABILITY) && Durability.of(wanted) != Durability.of(present)) {
            throw new StorageException("expected a " + Durability.of(wanted) + " store in " + directory
                    + ", found that it is open as a " + Durability.of(present)
                    + " one; close that first, or open it as "
                    + Durability.of(wanted) + " where it is opened first in this program");
        }
    }

    /** Gives up one handle, and closes the store with the last one. */
    private static void release(OpenStore open) {
        synchronized (OPEN) {
            open.handles--;
            if (open.handles == 0) {
                OPEN.remove(open.path, open);
                open.cache.close();
                closeNoMoreAtShutdown();
            }
        }
    }

    private static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException absent) {
            // It does not exist yet, or cannot be read, which its opener reports.
            return directory.toAbsolutePath().normalize();
        }
    }

    private static void closeAtShutdown() {
        if (closer != null) {
            return;
        }
        Thread hook = new Thread(OpenStores::closeAll, "fleche-close");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            throw new StorageException("the JVM is shutting down, so no store is opened", shuttingDown);
        }
        closer = hook;
    }

    /** Gives the hook up with the last store: its thread refers to the class loaders of whoever opened the first. */
    private static void closeNoMoreAtShutdown() {
        Thread hook = closer;
        if (hook == null || !OPEN.isEmpty()) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            closer = null;
        } catch (IllegalStateException shuttingDown) {
            // it runs, and finds nothing to close
        }
    }

    private static void closeAll() {
        List<OpenStore> all;
        synchronized (OPEN) {
            all = List.copyOf(OPEN.values());
            OPEN.clear();
        }
        all.forEach(open -> open.cache.close());
    }
}
