package dev.fleche.processes;

import dev.fleche.SerializableCallable;
import dev.fleche.testing.ChildJvm;
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

            Orphans.awaitGone(pid);
        }
    }
}
