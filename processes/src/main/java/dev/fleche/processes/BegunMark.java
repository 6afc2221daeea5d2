package dev.fleche.processes;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The number of the task that a worker has begun last, in memory that outlives the worker.
 *
 * <p>Answers may be lost with the process that was about to send them. So a worker notes each task as it begins it, in
 * a file that both sides have mapped: that is exact however the worker dies, and costs it a store to memory. Written by
 * one thread, and read when that has ended.
 */
final class BegunMark {

    private final MappedByteBuffer memory;
    private final Path file;

    private BegunMark(MappedByteBuffer memory, Path file) {
        this.memory = memory;
        this.file = file;
    }

    /** Creates a mark; no task has begun. */
    static BegunMark create() throws IOException {
        Path file = Files.createTempFile("fleche-worker-", ".begun");
        try {
            BegunMark mark = open(file);
            mark.begins(Frame.NO_TASK);
            return mark;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Opens a mark that another process has created. */
    static BegunMark open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
            memory.order(ByteOrder.nativeOrder());
            return new BegunMark(memory, file);
        }
    }

    Path file() {
        return file;
    }

    /** Deletes the file, once both sides have opened it; they share its memory on. */
    void deleteFile() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // not every system deletes a file that is mapped
        }
    }

    /** Notes that a task begins. */
    void begins(long task) {
        memory.putLong(0, task);
    }

    /** Returns the task that began last, or {@link Frame#NO_TASK}. */
    long last() {
        return memory.getLong(0);
    }
}
