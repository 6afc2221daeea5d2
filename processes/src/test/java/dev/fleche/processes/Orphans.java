package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Workers whose parent has ended. */
final class Orphans {

    private Orphans() {}

    /** An orphan that nobody has reaped is a zombie, which has an entry but does not run. */
    static void awaitGone(long pid) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (isRunning(pid)) {
            assertThat(System.nanoTime()).as("the worker outlives its parent").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean isRunning(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
