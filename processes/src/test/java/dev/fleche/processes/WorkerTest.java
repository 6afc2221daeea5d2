package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkerTest {

    @Test
    void aTaskRunsInAProcessOfItsOwn() {
        try (RunningWorker worker = RunningWorker.start()) {
            Object pid = worker.run(1, () -> ProcessHandle.current().pid());

            assertThat(pid)
                    .isEqualTo(worker.worker().pid().getAsLong())
                    .isNotEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void itEndsAfterItsTasksWhenFinished() {
        try (RunningWorker worker = RunningWorker.start()) {
            CompletableFuture<@Nullable Object> answer = worker.send(1, () -> "done");
            worker.worker().finish();

            assertThat(RunningWorker.get(answer)).isEqualTo("done");
            assertThat(worker.end().exitCode()).hasValue(0);
        }
    }

    @Test
    void whatATaskThrowsArrives() {
        try (RunningWorker worker = RunningWorker.start()) {
            CompletableFuture<@Nullable Object> answer = worker.send(1, () -> {
                throw new java.io.IOException("no disk");
            });

            assertThat(RunningWorker.failureOf(answer))
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessage("no disk");
            assertThat(worker.run(2, () -> 7)).isEqualTo(7);
        }
    }
}
