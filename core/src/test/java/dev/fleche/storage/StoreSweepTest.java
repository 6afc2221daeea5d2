package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Samples;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSweepTest {

    private static final String DEAD = "1-abc-0123456789abcdef";

    @TempDir
    Path directory;

    /** Writes, leaves an unfinished file and an admission, and waits until it is told to store once more. */
    static final class Writer {

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            Storages storages = FileStorages.open(directory);
            storages.calls().admit(Samples.key(1), Set.of(Samples.unknownAddress()));
            for (String token : StoreDirectory.names(directory.resolve("temp"))) {
                if (StoreOwner.isOfThisJvm(token)) {
                    Files.writeString(directory.resolve("temp").resolve(token).resolve("unfinished"), "x");
                }
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                System.out.println("stored " + storages.calls().putIfAbsent(Samples.record(2)));
            }
        }
    }

    /** Sweeps until it is killed. */
    static final class Sweeper {

        public static void main(String[] arguments) {
            StoreSweep sweep = new StoreSweep(StoreDirectory.open(Path.of(arguments[0]), "files"));
            System.out.println("sweeping");
            while (true) {
                sweep.run();
            }
        }
    }

    /** Opens the store, as a second copy of the library in this JVM. */
    public static final class SecondCopy implements Callable<Integer> {

        private final Path directory;

        public SecondCopy(Path directory) {
            this.directory = directory;
        }

        @Override
        public Integer call() {
            StoreFiles.sweep(directory);
            return StoreFiles.below(directory.resolve("owners")).size();
        }
    }

    @Test
    void whatAKilledOwnerLeftIsRemoved() {
        try (ChildJvm child = ChildJvm.start(Writer.class, directory)) {
            child.awaitLine("ready");
            child.kill();
        }
        assertThat(StoreFiles.below(directory.resolve("temp"))).hasSize(2);
        assertThat(StoreFiles.below(directory.resolve("admissions"))).hasSize(2);

        StoreFiles.sweep(directory);

        assertThat(StoreFiles.below(directory)).containsExactly("FLECHE", "admissions", "owners", "temp");
    }

    @Test
    void whatALivingOwnerHoldsStays() {
        try (ChildJvm child = ChildJvm.start(Writer.class, directory)) {
            child.awaitLine("ready");
            List<String> before = StoreFiles.below(directory);

            StoreFiles.sweep(directory);

            assertThat(StoreFiles.below(directory)).isEqualTo(before);
            child.send("go");
            assertThat(child.awaitLine("stored")).isEqualTo("stored true");
        }
    }

    @Test
    void aLivingOwnerWhoseFilesWereDeletedIsAnotherFromThenOn() throws IOException {
        try (ChildJvm child = ChildJvm.start(Writer.class, directory)) {
            child.awaitLine("ready");
            for (String name : StoreFiles.below(directory.resolve("owners"))) {
                Files.delete(directory.resolve("owners").resolve(name));
            }

            StoreFiles.sweep(directory);
            child.send("go");

            assertThat(child.awaitLine("stored")).isEqualTo("stored true");
            assertThat(StoreFiles.below(directory.resolve("owners"))).hasSize(1);
        }
    }

    @Test
    void remainsWithoutAnOwnerAreRemovedAndForeignNamesStay() throws IOException {
        for (String area : List.of("temp", "admissions")) {
            Files.createDirectories(directory.resolve(area).resolve(DEAD));
            Files.writeString(directory.resolve(area).resolve(DEAD).resolve("5"), "x");
        }
        Files.createDirectories(directory.resolve("owners"));
        Files.writeString(directory.resolve("owners/README"), "x");
        Files.write(directory.resolve("FLECHE"), new StoreMarker(1, "files").toBytes());

        StoreFiles.sweep(directory);

        assertThat(StoreFiles.below(directory))
                .containsExactly("FLECHE", "admissions", "owners", "owners/README", "temp");
    }

    @Test
    void anOwnerOfThisJvmIsNotSweptByIt() throws IOException {
        StoreDirectory store = StoreDirectory.open(directory, "files");
        StoreOwner owner = StoreOwner.create(store);
        owner.release();

        new StoreSweep(store).run();

        assertThat(owner.isKnown()).isTrue();
    }

    @Test
    void anOwnerIsNeverSweptWhileItIsCreated() throws IOException {
        StoreDirectory store = StoreDirectory.open(directory, "files");
        try (ChildJvm child = ChildJvm.start(Sweeper.class, directory)) {
            child.awaitLine("sweeping");
            for (int i = 0; i < 200; i++) {
                StoreOwner owner = StoreOwner.create(store);

                assertThat(owner.isKnown()).as("owner %s", i).isTrue();
                Files.writeString(owner.newTempFile(), "x");
                owner.close();
            }
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void aSecondCopyOfTheLibraryLeavesTheLockOfTheFirstInPlace() throws Exception {
        Storages storages = FileStorages.open(directory);
        storages.calls().putIfAbsent(Samples.record(1));
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Object copy = loader.loadClass(SecondCopy.class.getName())
                    .getConstructor(Path.class)
                    .newInstance(directory);

            assertThat(((Callable<?>) copy).call()).isEqualTo(1);
        }

        try (ChildJvm child = ChildJvm.start(TryLock.class, directory)) {
            assertThat(child.result()).containsExactly("locked by another");
        }
        storages.calls().close();
        storages.values().close();
    }

    /** Says for each owner of a store whether its lock can be taken. */
    static final class TryLock {

        public static void main(String[] arguments) throws IOException {
            for (File file : Path.of(arguments[0], "owners").toFile().listFiles()) {
                try (RandomAccessFile lockFile = new RandomAccessFile(file, "rw");
                        FileLock lock = lockFile.getChannel().tryLock()) {
                    System.out.println(lock == null ? "locked by another" : "free");
                }
            }
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
}
