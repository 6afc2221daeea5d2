package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerOutputTest {

    private final List<OutputLine> lines = new CopyOnWriteArrayList<>();
    private final WorkerSpec spec = writingTo(WorkerOutput.to(lines::add));

    private static WorkerSpec writingTo(WorkerOutput output) {
        return RunningWorker.quiet(draft -> draft.output = output);
    }

    @Test
    void linesComeWithWorkerAndTask() {
        try (RunningWorker worker = RunningWorker.start(spec)) {
            worker.run(7, () -> {
                System.out.print("one ");
                System.out.println("line, grün");
                System.err.println("another");
                return null;
            });

            assertThat(lines)
                    .containsExactly(
                            new OutputLine(1, OptionalLong.of(7), false, "one line, grün"),
                            new OutputLine(1, OptionalLong.of(7), true, "another"));
            assertThat(lines.get(0)).hasToString("[worker 1, task 7] one line, grün");
        }
    }

    @Test
    void whatIsWrittenPastTheStreamsArrivesWithoutTask() {
        try (RunningWorker worker = RunningWorker.start(spec)) {
            worker.run(1, () -> {
                try (FileOutputStream raw = new FileOutputStream(FileDescriptor.out)) {
                    raw.write("native\n".getBytes(StandardCharsets.US_ASCII));
                }
                return null;
            });
            worker.worker().finish();
            worker.end();

            assertThat(lines).contains(new OutputLine(1, OptionalLong.empty(), false, "native"));
        }
    }

    @Test
    void closingTheStreamDoesNoHarm() {
        try (RunningWorker worker = RunningWorker.start(spec)) {
            worker.run(1, () -> {
                System.out.close();
                return null;
            });
            worker.run(2, () -> {
                System.out.println("still here");
                return null;
            });

            assertThat(lines).contains(new OutputLine(1, OptionalLong.of(2), false, "still here"));
        }
    }

    @Test
    void aLineWithoutEndIsSentWhenTheTaskEnds() {
        try (RunningWorker worker = RunningWorker.start(spec)) {
            worker.run(1, () -> {
                System.out.print("half");
                return null;
            });

            assertThat(lines).contains(new OutputLine(1, OptionalLong.of(1), false, "half"));
        }
    }

    @Test
    void aLongLineComesInPieces() {
        try (RunningWorker worker = RunningWorker.start(spec)) {
            worker.run(1, () -> {
                System.out.println("x".repeat(20_000));
                return null;
            });

            assertThat(lines).hasSize(3);
            assertThat(lines.stream().mapToInt(line -> line.text().length()).sum())
                    .isEqualTo(20_000);
        }
    }

    @Test
    void aFloodArrivesWholeAndTheLastLinesAreKept() {
        AtomicLong count = new AtomicLong();
        WorkerSpec counting = writingTo(WorkerOutput.to(line -> count.incrementAndGet()));
        try (RunningWorker worker = RunningWorker.start(counting)) {
            worker.run(1, () -> {
                for (int i = 0; i < 200_000; i++) {
                    System.out.println("line " + i);
                }
                return null;
            });
            worker.worker().finish();

            List<String> last = worker.end().lastOutput();

            assertThat(count).hasValue(200_000);
            assertThat(last.get(last.size() - 1)).isEqualTo("line 199999");
            assertThat(String.join("", last).length()).isLessThanOrEqualTo(4096);
        }
    }

    @Test
    void aConsumerThatThrowsCostsNoResult() {
        WorkerSpec failing = writingTo(WorkerOutput.to(line -> {
            throw new IllegalStateException("the consumer's own trouble");
        }));
        try (RunningWorker worker = RunningWorker.start(failing)) {
            Object result = worker.run(1, () -> {
                System.out.println("to nobody");
                return "result";
            });

            assertThat(result).isEqualTo("result");
        }
    }

    @Test
    void aFileIsClosedThoughAChildOfTheWorkerHoldsItsStreams(@TempDir Path directory) throws IOException {
        Path log = directory.toRealPath().resolve("worker-1.log");
        Object child;
        try (RunningWorker worker = RunningWorker.start(writingTo(WorkerOutput.toFiles(directory)))) {
            child = worker.run(1, () -> {
                System.out.println("noted");
                return new ProcessBuilder("sleep", "1000").inheritIO().start().pid();
            });
            worker.worker().finish();
            worker.end();
        }

        try {
            assertThat(openFiles()).doesNotContain(log);
        } finally {
            ProcessHandle.of((Long) Objects.requireNonNull(child)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static List<Path> openFiles() throws IOException {
        List<Path> open = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : links) {
                if (Files.exists(link)) { // the stream's own is gone by the time it is looked at
                    open.add(Files.readSymbolicLink(link));
                }
            }
        }
        return open;
    }

    @Test
    void eachWorkerHasAFile(@TempDir Path directory) throws IOException {
        WorkerSpec filing = writingTo(WorkerOutput.toFiles(directory.resolve("logs")));
        try (RunningWorker worker = RunningWorker.start(filing)) {
            worker.run(3, () -> {
                System.out.println("noted");
                return null;
            });
            worker.worker().finish();
            worker.end();
        }

        assertThat(Files.readAllLines(directory.resolve("logs/worker-1.log"))).containsExactly("[task 3] noted");
    }
}
