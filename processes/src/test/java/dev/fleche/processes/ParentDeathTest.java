package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.SerializableCallable;
import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ParentDeathTest {

    enum Occupation {
        IDLE,
        SPINNING,
        SLEEPING,
    }

    /** A program with one worker. */
    static final class Parent {

        public static void main(String[] arguments) throws InterruptedException {
            WorkerSpec spec = RunningWorker.quiet(draft -> draft.output = WorkerOutput.forward());
            RunningWorker worker = RunningWorker.start(spec).awaitReady();
            worker.run(1, () -> null);
            long pid = worker.worker().pid().getAsLong();
            System.out.println("worker " + pid);
            switch (Occupation.valueOf(arguments[0])) {
                case IDLE -> Thread.currentThread().join();
                case SPINNING -> worker.run(2, spin());
                case SLEEPING -> worker.run(2, sleep());
            }
        }

        private static SerializableCallable<Object> spin() {
            return () -> {
                System.out.println("busy");
                int sum = 0;
                while (sum != Integer.MAX_VALUE) {
                    for (int i = 0; i < Integer.MAX_VALUE; i++) {
                        sum += i ^ sum;
                    }
                    sum &= 0xFFFF;
                }
                return sum;
            };
        }

        private static SerializableCallable<Object> sleep() {
            return () -> {
                System.out.println("busy");
                return new ProcessBuilder("sleep", "1000").inheritIO().start().waitFor();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWorkerEndsWithItsParent(Occupation occupation) throws Exception {
        try (ChildJvm parent = ChildJvm.start(Parent.class, occupation)) {
            long pid = Long.parseLong(parent.awaitLine("worker ").substring(7));
            if (occupation != Occupation.IDLE) {
                parent.awaitLine("[worker 1, task 2] busy");
            }

            parent.kill();

            awaitGone(pid);
        }
    }

    /** An orphan that nobody has reaped is a zombie, which has an entry but does not run. */
    private static void awaitGone(long pid) {
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
