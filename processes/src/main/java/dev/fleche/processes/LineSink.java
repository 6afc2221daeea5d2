package dev.fleche.processes;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the lines of one worker go. Not thread-safe; guarded by {@link OutputLines}. */
interface LineSink extends Closeable {

    void accept(OutputLine line) throws IOException;

    @Override
    default void close() throws IOException {}

    /** Returns one that appends to a file of the worker. */
    static LineSink file(Path directory, int worker) throws IOException {
        Files.createDirectories(directory);
        BufferedWriter file = Files.newBufferedWriter(
                directory.resolve("worker-" + worker + ".log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new LineSink() {
            @Override
            public void accept(OutputLine line) throws IOException {
                if (line.task().isPresent()) {
                    file.write("[task " + line.task().getAsLong() + "] ");
                }
                file.write(line.text());
                file.newLine();
                file.flush();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
