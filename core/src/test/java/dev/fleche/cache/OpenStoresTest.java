package dev.fleche.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStoresTest {

    @TempDir
    Path directory;

    /** Opens and closes a store as an application with a class loader of its own does. */
    private WeakReference<ClassLoader> openAndClose() throws Exception {
        ClassLoader application = new URLClassLoader(new URL[0], null);
        Thread thread = new Thread(() -> Cache.files(directory).close());
        thread.setContextClassLoader(application);
        thread.start();
        thread.join();
        return new WeakReference<>(application);
    }

    @Test
    void aClosedStoreHoldsNoClassLoader() throws Exception {
        WeakReference<ClassLoader> application = openAndClose();

        for (int i = 0; i < 500 && application.get() != null; i++) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(application.get()).isNull();
    }

    @Test
    void aStoreThatIsOpenKeepsItsDurability() {
        try (Cache durable = Cache.open(directory, Durability.DURABLE)) {
            assertThatThrownBy(() -> Cache.open(directory, Durability.FAST))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("expected a fast store in " + directory
                            + ", found that it is open as a durable one; close that first, or open it as fast where it"
                            + " is opened first in this program");
            try (Cache any = Cache.open(directory);
                    Cache same = Cache.open(directory, Durability.DURABLE)) {
                assertThat(any.config()).isEqualTo(durable.config()).isEqualTo(same.config());
                assertThat(any.config().orElseThrow().options()).containsEntry("durability", "durable");
            }
        }
        try (Cache fast = Cache.open(directory)) {
            assertThatThrownBy(() -> Cache.open(directory, Durability.DURABLE))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("expected a durable store in ");
            assertThat(Durability.of(fast.config().orElseThrow())).isEqualTo(Durability.FAST);
        }
    }
}
