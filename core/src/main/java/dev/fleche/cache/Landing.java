package dev.fleche.cache;

import dev.fleche.codec.Value;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The end of a flight, as threads wait for it. Safe for use by several threads. */
final class Landing {

    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile @Nullable Value value;

    /** Lets those who wait go on with the encoded result, or without one. */
    void land(@Nullable Value result) {
        value = result;
        landed.countDown();
    }

    boolean hasHappened() {
        return landed.getCount() == 0;
    }

    /** Returns the encoded result once this has happened; null if there is none. */
    @Nullable
    Value value() {
        return value;
    }

    /**
     * Waits until this has happened, and returns whether it has; a fork/join pool may start another worker meanwhile.
     *
     * @param isInVain asked every second whether it never will
     */
    boolean await(BooleanSupplier isInVain) throws InterruptedException {
        ForkJoinPool.managedBlock(new ForkJoinPool.ManagedBlocker() {
            @Override
            public boolean block() throws InterruptedException {
                boolean ends = false;
                while (!ends) {
                    ends = landed.await(1, TimeUnit.SECONDS) || isInVain.getAsBoolean();
                }
                return true;
            }

            @Override
            public boolean isReleasable() {
                return hasHappened();
            }
        });
        return hasHappened();
    }
}
