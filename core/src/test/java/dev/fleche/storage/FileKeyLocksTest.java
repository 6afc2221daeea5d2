package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Digest;
import dev.fleche.testing.KeyLocksContract;
import dev.fleche.testing.Samples;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyLocksTest extends KeyLocksContract {

    @TempDir
    Path parent;

    @Override
    protected CacheConfig config() {
        return CacheConfig.of("files").with("path", store().toString());
    }

    private Path store() {
        return parent.resolve("store");
    }

    /** Locks a key in a store, as a second copy of the library in this JVM, and says what came of it. */
    public static final class SecondCopy implements Callable<String> {

        private final Storages storages;

        public SecondCopy(Path directory) {
            storages = FileStorages.open(directory);
        }

        @Override
        public String call() {
            try {
                return storages.locks().tryLock(Samples.key(5)).isPresent() ? "locked" : "held";
            } catch (StorageException e) {
                return String.valueOf(e.getMessage());
            } finally {
                storages.locks().close();
                storages.values().close();
                storages.calls().close();
            }
        }
    }

    private static String inSecondCopy(Path directory) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Object copy = loader.loadClass(SecondCopy.class.getName())
                    .getConstructor(Path.class)
                    .newInstance(directory);
            return String.valueOf(((Callable<?>) copy).call());
        }
    }

    private static URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    @Test
    void aSecondCopyOfTheLibraryTakesNoLocksAndLosesNone() throws Exception {
        KeyLock lock = lock(1);
        Path link = Files.createSymbolicLink(parent.resolve("link"), store());

        assertThat(inSecondCopy(store()))
                .isEqualTo("another copy of Fleche in this JVM has " + store().resolve("locks")
                        + " open, so this one takes no locks; close the caches of the application that was stopped"
                        + " (Cache.close()), or load the library once");
        assertThat(inSecondCopy(link)).startsWith("another copy of Fleche in this JVM has " + link.resolve("locks"));

        assertThat(heldAsOthersSee(6)).isEqualTo("held [1]");
        lock.close();
    }

    @Test
    void aSecondCopyOfTheLibraryLocksWhenTheFirstIsClosed() throws Exception {
        lock(1).close();
        closeStorages();

        assertThat(inSecondCopy(store())).isEqualTo("locked");
    }

    @Test
    void locksThatNobodyClosedAreGivenUpOnceTheyAreUnreachable() throws Exception {
        lockAndForget(store());

        while (!inSecondCopy(store()).equals("locked")) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(heldAsOthersSee(2)).isEqualTo("held []");
    }

    private static void lockAndForget(Path directory) {
        assertThat(new FileKeyLocks(StoreDirectory.open(directory, "files")).tryLock(Samples.key(1)))
                .isPresent();
    }

    @Test
    void severalStoresOfOneDirectoryShareItsLocks() throws IOException {
        KeyLock lock = lock(1);
        Path link = Files.createSymbolicLink(parent.resolve("link"), store());
        KeyLocks others = new FileKeyLocks(StoreDirectory.open(link, "files"));

        KeyLock same = others.tryLock(Samples.key(1)).orElseThrow();
        assertThat(others.tryLock(Samples.key(2))).isPresent();
        others.close();
        lock.close();

        assertThat(heldAsOthersSee(4)).isEqualTo("held [1, 2]");
        same.close();
        assertThat(heldAsOthersSee(4)).isEqualTo("held [2]");
    }

    @Test
    void aLockFileThatWasDeletedIsReplaced() throws IOException {
        lock(1);
        Files.delete(store().resolve("locks"));

        awaitLockThatOthersSee();
    }

    @Test
    void aStoreThatWasDeletedIsLockedAgain() throws IOException {
        lock(1);
        Files.delete(store().resolve("locks"));
        Files.delete(store().resolve("FLECHE"));
        Files.delete(store());

        awaitLockThatOthersSee();
    }

    /** The loss is noticed within a second, at the next lock. */
    private void awaitLockThatOthersSee() {
        do {
            lock(2);
        } while (!heldAsOthersSee(4).equals("held [2]"));
    }

    @Test
    void aLockFileThatCannotBeOpenedIsNamed() throws IOException {
        Files.createDirectory(store().resolve("locks"));

        assertThatThrownBy(() -> locks().tryLock(Samples.key(1)))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(store().resolve("locks") + " cannot be locked: ");
        assertThat(registrations()).isEmpty();
    }

    @Test
    void theLockFileBelongsToItsOwnerAloneAndStaysEmpty() throws IOException {
        assertThat(store().resolve("locks")).doesNotExist();

        lock(1);

        assertThat(Files.getPosixFilePermissions(store().resolve("locks")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(store().resolve("locks")).isEmptyFile();
        assertThat(StoreFiles.below(store())).containsExactly("FLECHE", "locks");
    }

    @Test
    void aLockFileIsRegisteredByTextAloneAndOnlyWhileItIsOpen() throws IOException {
        KeyLock lock = lock(1);
        assertThat(registrations()).hasSize(1);

        closeStorages();
        assertThat(registrations()).hasSize(1);
        lock.close();

        assertThat(registrations()).isEmpty();
    }

    private List<String> registrations() throws IOException {
        Object identity = Files.getAttribute(store().resolve("locks"), "fileKey");
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.equals("dev.fleche.lockFile " + identity))
                .toList();
    }

    @Test
    void everyKeyHasAPositionInTheFile() {
        byte[] bytes = new byte[Digest.BYTES];
        Arrays.fill(bytes, (byte) 0xFF);

        assertThat(FileKeyLocks.position(Digest.of(bytes))).isEqualTo(3);
        bytes[0] = 0x7F;
        assertThat(FileKeyLocks.position(Digest.of(bytes))).isEqualTo(1);
        bytes[7] = (byte) 0xFD;
        assertThat(FileKeyLocks.position(Digest.of(bytes))).isEqualTo(Long.MAX_VALUE - 2);
        assertThat(locks().tryLock(Digest.of(bytes))).isPresent();
    }
}
