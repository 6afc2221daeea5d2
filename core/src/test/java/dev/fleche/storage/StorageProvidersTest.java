package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageProvidersTest {

    @TempDir
    Path directory;

    /** A provider that another module could bring; its storages keep nothing. */
    public static final class Foreign implements StorageProvider {

        @Override
        public String type() {
            return "foreign";
        }

        @Override
        public Storages open(CacheConfig config) {
            config.requireKnownOptions(java.util.Set.of("path"));
            return VoidStorages.open();
        }
    }

    @Test
    void theLibrarysOwnTypesOpenByName() {
        assertThat(StorageProviders.open(CacheConfig.of("memory")).calls()).isInstanceOf(MemoryCallStorage.class);
        assertThat(StorageProviders.open(CacheConfig.of("void"))).isEqualTo(VoidStorages.open());
    }

    @Test
    void anUnknownTypeIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> StorageProviders.open(CacheConfig.of("lmbd")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected a known type of storage, found lmbd; known: files, memory, void; others need their "
                                + "module on the class path or module path");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> StorageProviders.open(CacheConfig.of("memory").with("size", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option size is unknown to storages of type memory; they take none");
    }

    @Test
    void aProviderOfTheContextClassLoaderIsFoundBesideABrokenOne() {
        withProviders("dev.fleche.NoSuchClass\n" + Foreign.class.getName() + "\n", () -> {
            assertThat(StorageProviders.open(CacheConfig.of("foreign"))).isEqualTo(VoidStorages.open());
            assertThatThrownBy(() -> StorageProviders.open(CacheConfig.of("lost")))
                    .hasMessageContaining("known: files, foreign, memory, void")
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("NoSuchClass"));
        });
    }

    @Test
    void anExistingStoreOpensAsTheTypeOfItsMarker() throws IOException {
        Files.write(directory.resolve("FLECHE"), new StoreMarker(1, "foreign").toBytes());

        withProviders(
                Foreign.class.getName(),
                () -> assertThat(StorageProviders.open(StorageProviders.configOf(directory)))
                        .isEqualTo(VoidStorages.open()));
        assertThatThrownBy(() -> StorageProviders.open(StorageProviders.configOf(directory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a known type of storage, found foreign;");
    }

    private void withProviders(String names, Runnable task) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = loader(names, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            task.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private URLClassLoader loader(String names, ClassLoader parent) throws IOException {
        Path services = Files.createDirectories(directory.resolve("jar/META-INF/services"));
        Files.writeString(services.resolve(StorageProvider.class.getName()), names);
        return new URLClassLoader(new URL[] {directory.resolve("jar").toUri().toURL()}, parent);
    }
}
