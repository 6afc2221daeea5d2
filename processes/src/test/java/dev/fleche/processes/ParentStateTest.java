package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.SerializableRunnable;
import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of a parent that is stopped, or killed before it has heard of them. */
@Timeout(60)
class ParentStateTest {

    /** A program with a worker, which runs a task that waits at a gate. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) {
            int port = Integer.parseInt(arguments[0]);
            ProcessPool pool = ProcessPool.of(1);
            System.out.println("worker "
                    + RunningWorker.get(
                            pool.submit(() -> ProcessHandle.current().pid())));
            System.out.println("answer "
                    + RunningWorker.get(pool.submit(() -> {
                        Gate.pass(port);
                        return 41;
                    })));
            pool.close();
        }
    }

    /** A program whose workers start; their initializer never ends. */
    static final class Starting {

        private Starting() {}

        public static void main(String[] arguments) throws InterruptedException {
            int port = Integer.parseInt(arguments[0]);
            SerializableRunnable initializer = () -> Gate.pass(port);
            ProcessPool pool =
                    ProcessPool.builder().workers(2).initializer(initializer).build();
            var unused = pool.prestart();
            System.out.println("started");
            Thread.currentThread().join();
        }
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aWorkerOutlastsAParentThatIsStoppedForAWhile() throws Exception {
        try (Gate gate = new Gate();
                ChildJvm parent = ChildJvm.start(Parent.class, gate.port())) {
            parent.awaitLine("worker ");
            gate.awaitArrivals(1);

            signal("STOP", parent.pid());
            gate.open();
            signal("CONT", parent.pid());

            parent.awaitLine("answer 41");
            assertThat(parent.exitCode()).isZero();
        }
    }

    @Test
    void aWorkerEndsWithAParentThatIsKilledWhileItIsStopped() throws Exception {
        try (Gate gate = new Gate();
                ChildJvm parent = ChildJvm.start(Parent.class, gate.port())) {
            long worker = Long.parseLong(parent.awaitLine("worker ").substring(7));
            gate.awaitArrivals(1);
            signal("STOP", parent.pid());

            parent.kill();

            Orphans.awaitGone(worker);
        }
    }

    @Test
    void workersInTheirInitializerEndWithTheirParent() throws Exception {
        try (Gate gate = new Gate();
                ChildJvm parent = ChildJvm.start(Starting.class, gate.port())) {
            gate.awaitArrivals(2);
            List<Long> workers = children(parent);
            assertThat(workers).hasSizeGreaterThanOrEqualTo(2);

            parent.kill();

            workers.forEach(Orphans::awaitGone);
        }
    }

    @Test
    void workersThatStartEndWithTheirParent() throws Exception {
        try (Gate gate = new Gate();
                ChildJvm parent = ChildJvm.start(Starting.class, gate.port())) {
            parent.awaitLine("started");
            Until.holds("a worker starts", () -> !children(parent).isEmpty());
            List<Long> workers = children(parent);

            parent.kill();

            workers.forEach(Orphans::awaitGone);
        }
    }

    private static List<Long> children(ChildJvm parent) {
        return new ArrayList<>(ProcessHandle.of(parent.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .toList());
    }
}
