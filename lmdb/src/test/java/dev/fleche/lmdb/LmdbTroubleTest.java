package dev.fleche.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.record.CallRecord;
import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Samples;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LmdbTroubleTest {

    @TempDir
    Path directory;

    private Storages storages;

    @BeforeEach
    void open() {
        storages = StorageProviders.open(Lmdb.config(directory));
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    /** A process that stops in the middle of a transaction, or of reading, and has to be killed. */
    public static final class Stopper {

        private Stopper() {}

        public static void main(String[] arguments) {
            NativeLibrary.require();
            EngineFiles files = EngineFiles.open(Path.of(arguments[0]), Durability.FAST);
            Engine engine = Engine.open(files, Long.MAX_VALUE);
            if (arguments[1].equals("write")) {
                engine.write(target -> {
                    target.put(Area.CALLS, Samples.key(1).toBytes(), new byte[5000]);
                    return stop();
                });
            } else {
                engine.read(txn -> stop());
            }
        }

        private static int stop() {
            System.out.println("inside");
            try {
                return System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ChildJvm stopped(String how) {
        ChildJvm child = ChildJvm.start(Stopper.class, directory.resolve("lmdb"), how);
        child.awaitLine("inside");
        return child;
    }

    @Test
    void aProcessKilledInATransactionLeavesNothingOfItAndKeepsNobodyFromWriting() {
        storages.calls().putIfAbsent(Samples.record(2));

        for (int kill = 0; kill < 3; kill++) {
            try (ChildJvm child = stopped("write")) {
                child.kill();
            }
            assertThat(storages.calls().contains(Samples.key(1))).isFalse();
            storages.calls().replace(Samples.record(2, "after kill " + kill));
        }

        assertThat(storages.calls().putIfAbsent(Samples.record(1))).isTrue();
        assertThat(storages.upkeep().check()).isEmpty();
    }

    @Test
    void readersGoOnWhileAnotherProcessWrites() {
        storages.calls().putIfAbsent(Samples.record(1));

        try (ChildJvm child = stopped("write")) {
            assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void aReaderThatIsKilledKeepsNoPagesForEver() {
        try (ChildJvm child = stopped("read")) {
            child.kill();
        }
        for (int round = 0; round < 2000; round++) {
            storages.calls().replace(Samples.record(1, "round " + round));
        }
        close();
        open();
        long before = storages.upkeep().sizeBytes();

        for (int round = 0; round < 2000; round++) {
            storages.calls().replace(Samples.record(1, "another " + round));
        }

        assertThat(storages.upkeep().sizeBytes()).isLessThan(before + (1 << 18));
    }

    @Test
    void threadsThatComeAndGoLeaveNothingBehind() throws InterruptedException {
        storages.calls().putIfAbsent(Samples.record(1));
        AtomicInteger found = new AtomicInteger();

        for (int round = 0; round < 200; round++) {
            Thread[] threads = new Thread[20];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> {
                    Samples.found(storages.calls().find(Samples.key(1)));
                    found.incrementAndGet();
                });
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(found).hasValue(200 * 20);
    }

    /** On virtual threads where there are some; they change the thread of the system that LMDB's lock belongs to. */
    @Test
    void manyThreadsOfAnExecutorReadAndWrite() throws Exception {
        ExecutorService executor = executor();
        AtomicInteger won = new AtomicInteger();

        List<Future<CallRecord>> found = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int number = i % 500;
            found.add(executor.submit(() -> {
                if (storages.calls().putIfAbsent(Samples.record(number))) {
                    won.incrementAndGet();
                }
                return Samples.found(storages.calls().find(Samples.key(number)));
            }));
        }
        executor.shutdown();

        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).get(1, TimeUnit.MINUTES)).isEqualTo(Samples.record(i % 500));
        }
        assertThat(won).hasValue(500);
    }

    private static ExecutorService executor() throws ReflectiveOperationException {
        Method virtual;
        try {
            virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool();
        }
        return (ExecutorService) virtual.invoke(null);
    }

    /** Opens a store, as a second copy of the library in this JVM, and says what came of it. */
    public static final class SecondCopy implements Callable<String> {

        private final Path directory;

        public SecondCopy(Path directory) {
            this.directory = directory;
        }

        @Override
        public String call() {
            try {
                Storages opened = StorageProviders.open(Lmdb.config(directory));
                opened.values().close();
                opened.calls().close();
                opened.locks().close();
                return "opened";
            } catch (StorageException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    @Test
    void aSecondCopyOfTheLibraryIsRefusedUntilTheFirstHasClosed() throws Exception {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] urls = Arrays.stream(path.split(File.pathSeparator))
                .map(LmdbTroubleTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            assertThat(secondCopy(loader)).contains("found it open in this JVM, perhaps by another copy of Fleche");
            assertThat(storages.calls().putIfAbsent(Samples.record(1))).isTrue();

            close();

            assertThat(secondCopy(loader)).isEqualTo("opened");
            open();
            assertThat(Samples.found(storages.calls().find(Samples.key(1)))).isEqualTo(Samples.record(1));
        }
    }

    private String secondCopy(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> copy = loader.loadClass(SecondCopy.class.getName());
        assertThat(copy).isNotEqualTo(SecondCopy.class);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Callable<?> call = (Callable<?>) copy.getConstructor(Path.class).newInstance(directory);
            return String.valueOf(call.call());
        } catch (InvocationTargetException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(String path) {
        try {
            return Objects.requireNonNull(Path.of(path)).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
