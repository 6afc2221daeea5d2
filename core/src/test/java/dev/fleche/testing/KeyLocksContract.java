package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.KeyLocks;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for the locks of storages that processes share. Extend it, and name the storages by a configuration. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class KeyLocksContract {

    private final List<KeyLock> held = new ArrayList<>();
    private Storages storages;
    private KeyLocks locks;

    /** Returns what opens this test's storages, in any process; empty before the first. */
    protected abstract CacheConfig config();

    /**
     * Returns how often to do what is done {@code most} times where locks cost next to nothing; fewer times where each
     * is a question to a server, unless the long form of the tests is asked for.
     */
    protected int rounds(int most) {
        return most;
    }

    /** Returns the locks of this test. */
    protected final KeyLocks locks() {
        return locks;
    }

    /** Ends this process's use of the storages. */
    protected final void closeStorages() {
        locks.close();
        storages.values().close();
        storages.calls().close();
    }

    /** Returns which of the keys up to {@code to} another process finds locked. */
    protected final String heldAsOthersSee(long to) {
        try (ChildJvm child = StorageProcess.launch(config(), "probe", 0, to).start()) {
            return child.awaitLine("held ");
        }
    }

    @BeforeEach
    void open() {
        storages = StorageProviders.open(config());
        locks = storages.locks();
    }

    @AfterEach
    void close() {
        held.forEach(KeyLock::close);
        closeStorages();
    }

    private ChildJvm holder(long from, long to) {
        ChildJvm child = StorageProcess.launch(config(), "hold", from, to).start();
        child.awaitLine("holding");
        return child;
    }

    /** Locks the key number {@code number}, until the end of the test at the latest. */
    protected final KeyLock lock(long number) {
        KeyLock lock = locks.tryLock(Samples.key(number)).orElseThrow();
        held.add(lock);
        return lock;
    }

    private void awaitLock(long number) {
        Optional<KeyLock> lock = locks.tryLock(Samples.key(number));
        while (lock.isEmpty()) {
            LockSupport.parkNanos(1_000_000);
            lock = locks.tryLock(Samples.key(number));
        }
        lock.get().close();
    }

    @Test
    void aLockExcludesOtherProcessesUntilItIsClosed() {
        KeyLock lock = lock(1);
        try (ChildJvm child = StorageProcess.launch(config(), "probe", 0, 3).start()) {
            assertThat(child.awaitLine("held ")).isEqualTo("held [1]");

            lock.close();
            child.send("");

            assertThat(child.awaitLine("held []")).isEqualTo("held []");
        }
    }

    @Test
    void aKeyThatAnotherProcessHoldsIsNotGrantedUntilThatGivesItUp() {
        try (ChildJvm child = holder(0, 2)) {
            assertThat(locks.tryLock(Samples.key(0))).isEmpty();
            assertThat(locks.tryLock(Samples.key(1))).isEmpty();
            assertThat(locks.tryLock(Samples.key(2))).isPresent();

            child.send("");
            child.awaitLine("gave up");

            awaitLock(0);
            awaitLock(1);
        }
    }

    @Test
    void theLocksOfAKilledProcessAreFree() {
        try (ChildJvm child = holder(0, 20)) {
            assertThat(locks.tryLock(Samples.key(7))).isEmpty();

            child.kill();

            LongStream.range(0, 20).forEach(this::awaitLock);
        }
    }

    @Test
    void aKeyThatThisProcessHoldsIsGrantedOnceMoreAndFreeWhenAllAreClosed() {
        KeyLock first = lock(1);
        KeyLock second = lock(1);

        first.close();
        first.close();
        assertThat(heldAsOthersSee(2)).isEqualTo("held [1]");
        second.close();

        assertThat(heldAsOthersSee(2)).isEqualTo("held []");
    }

    @Test
    void anyThreadMayCloseALock() throws InterruptedException {
        KeyLock lock = lock(1);

        Thread other = new Thread(lock::close);
        other.start();
        other.join();

        assertThat(heldAsOthersSee(2)).isEqualTo("held []");
    }

    @Test
    void aProcessMayHoldManyKeys() {
        int count = rounds(1000);
        List<KeyLock> many = LongStream.range(0, count).mapToObj(this::lock).toList();

        assertThat(heldAsOthersSee(count + 1))
                .isEqualTo("held " + LongStream.range(0, count).boxed().toList());
        many.forEach(KeyLock::close);

        assertThat(heldAsOthersSee(count + 1)).isEqualTo("held []");
    }

    @Test
    void aPendingInterruptChangesNothingAndStays() {
        KeyLock earlier = lock(1);
        KeyLock given = lock(2);
        Thread.currentThread().interrupt();
        try {
            KeyLock during = lock(3);
            given.close();

            assertThat(during).isNotNull();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(heldAsOthersSee(4)).isEqualTo("held [1, 3]");
        earlier.close();
    }

    @Test
    void interruptsOfThreadsThatLockLoseNoLock() throws InterruptedException {
        KeyLock kept = lock(1);
        CountDownLatch started = new CountDownLatch(1);
        int rounds = rounds(20_000);
        Thread busy = new Thread(() -> {
            started.countDown();
            for (int i = 0; i < rounds; i++) {
                locks.tryLock(Samples.key(2 + i % 10)).orElseThrow().close();
            }
        });
        busy.start();
        started.await();
        while (busy.isAlive()) {
            busy.interrupt();
            LockSupport.parkNanos(1000);
        }

        assertThat(heldAsOthersSee(20)).isEqualTo("held [1]");
        kept.close();
    }

    @Test
    void processesThatCountUnderALockLoseNoCount() {
        storages.calls().replace(Samples.record(0, "0"));
        int processes = 3;
        int counts = rounds(200);
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                children.add(StorageProcess.launch(config(), "count", 0, counts).start());
            }
            children.forEach(ChildJvm::result);
        } finally {
            children.forEach(ChildJvm::close);
        }

        assertThat(Samples.found(storages.calls().find(Samples.key(0))).tags())
                .containsEntry("writer", Integer.toString(processes * counts));
    }

    @Test
    void closedLocksRefuse() {
        KeyLock held = lock(1);

        locks.close();
        locks.close();

        assertThatThrownBy(() -> locks.tryLock(Samples.key(2)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
        assertThatCode(held::close).doesNotThrowAnyException();
    }
}
