package dev.fleche.storage;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * The types of storages that can be opened: the library's own and those that {@link ServiceLoader} finds.
 *
 * <p>Providers are looked for with the thread's context class loader and with the library's own; the first of a type
 * counts, the library's own before all others. Safe for use by several threads.
 */
public final class StorageProviders {

    private static final List<StorageProvider> OWN =
            List.of(new FileStorages.Provider(), new MemoryStorages.Provider(), new VoidStorages.Provider());

    private StorageProviders() {}

    /**
     * Opens the storages that {@code config} describes.
     *
     * @throws IllegalArgumentException if the type is unknown, or an option unknown, missing or out of range
     * @throws StorageException if what is there cannot be opened; nothing is changed then
     */
    public static Storages open(CacheConfig config) {
        Objects.requireNonNull(config, "config");
        List<ServiceConfigurationError> broken = new ArrayList<>();
        Map<String, StorageProvider> providers = providers(broken);
        StorageProvider provider = providers.get(config.type());
        if (provider == null) {
            IllegalArgumentException unknown = new IllegalArgumentException("expected a known type of storage, found "
                    + config.type() + "; known: " + String.join(", ", new TreeSet<>(providers.keySet()))
                    + "; others need their module on the class path or module path");
            broken.forEach(unknown::addSuppressed);
            throw unknown;
        }
        return provider.open(config);
    }

    /**
     * Returns the configuration that opens the store in {@code directory}: an existing one as the type that its marker
     * says, a new one as a file store.
     *
     * @throws IllegalArgumentException if the directory is inside an archive or the like
     * @throws StorageException if the directory cannot be read, or its marker is damaged or foreign
     */
    public static CacheConfig configOf(Path directory) {
        if (directory.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("expected a directory of the default file system, found " + directory
                    + " of " + directory.getFileSystem() + "; choose another directory");
        }
        String type = StoreMarker.find(directory).map(StoreMarker::type).orElse(FileStorages.TYPE);
        return CacheConfig.of(type)
                .with(FileStorages.PATH, directory.toAbsolutePath().toString());
    }

    private static Map<String, StorageProvider> providers(List<ServiceConfigurationError> broken) {
        Map<String, StorageProvider> providers = new LinkedHashMap<>();
        OWN.forEach(provider -> providers.put(provider.type(), provider));
        addAll(ServiceLoader.load(StorageProvider.class), providers, broken);
        addAll(ServiceLoader.load(StorageProvider.class, StorageProviders.class.getClassLoader()), providers, broken);
        return providers;
    }

    /** A provider that cannot be loaded must not keep others from being used. */
    private static void addAll(
            ServiceLoader<StorageProvider> loader,
            Map<String, StorageProvider> providers,
            List<ServiceConfigurationError> broken) {
        Iterator<StorageProvider> found = loader.iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                StorageProvider provider = found.next();
                providers.putIfAbsent(provider.type(), provider);
            } catch (ServiceConfigurationError e) {
                broken.add(e);
            }
        }
    }
}
