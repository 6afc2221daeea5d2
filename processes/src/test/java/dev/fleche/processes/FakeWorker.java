package dev.fleche.processes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/** A program that connects as a worker does, and answers its first task in a way that no worker does. */
final class FakeWorker {

    private static final byte[] TIME = new byte[Long.BYTES];
    private static final byte[] NULL = {0};

    enum Fault {
        UNKNOWN_KIND_BEFORE_READY("no frame has kind 99"),
        UNKNOWN_KIND("no frame has kind 99"),
        NEGATIVE_PARTS("a frame has -5 parts"),
        RESULT_WITHOUT_PARTS("a frame of kind 17 has no parts"),
        RESULT_WITHOUT_VALUE("a result has 1 parts"),
        RESULT_WITH_SHORT_TIME("the first of 1 bytes; expected a time of 8"),
        FAILURE_WITHOUT_PARTS("a frame of kind 18 has no parts"),
        OUTPUT_WITHOUT_PARTS("a frame of kind 20 has no parts"),
        UNKNOWN_TASK("it answered task 1001, which it did not have");

        final String message;

        Fault(String message) {
            this.message = message;
        }

        byte[] bytes(long task) {
            return switch (this) {
                case UNKNOWN_KIND_BEFORE_READY, UNKNOWN_KIND -> frame(99, task);
                case NEGATIVE_PARTS -> head(17, -5, task);
                case RESULT_WITHOUT_PARTS -> frame(17, task);
                case RESULT_WITHOUT_VALUE -> frame(17, task, TIME);
                case RESULT_WITH_SHORT_TIME -> frame(17, task, NULL, NULL);
                case FAILURE_WITHOUT_PARTS -> frame(18, task);
                case OUTPUT_WITHOUT_PARTS -> frame(20, task);
                case UNKNOWN_TASK -> frame(17, task + 1000, TIME, NULL);
            };
        }
    }

    private FakeWorker() {}

    private static byte[] head(int kind, int parts, long task) {
        return ByteBuffer.allocate(Frame.HEAD_BYTES)
                .put((byte) kind)
                .putInt(parts)
                .putLong(task)
                .array();
    }

    private static byte[] frame(int kind, long task, byte[]... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(100).put(head(kind, parts.length, task));
        for (byte[] part : parts) {
            bytes.putInt(part.length);
        }
        for (byte[] part : parts) {
            bytes.put(part);
        }
        byte[] all = new byte[bytes.flip().remaining()];
        bytes.get(all);
        return all;
    }

    /** Makes a directory that looks like a JDK, whose first JVM is a fake worker, and all others true. */
    static Path javaHome(Path directory, Fault fault) throws IOException {
        String java = Launcher.java(Path.of(Objects.requireNonNull(System.getProperty("java.home"))));
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path script = Files.writeString(
                bin.resolve("java"),
                "#!/bin/bash\nif mkdir '" + directory + "/first' 2>/dev/null; then\n  exec '" + java + "' -cp '"
                        + Launcher.classPath() + "' " + FakeWorker.class.getName() + " " + fault + " \"$@\"\nfi\nexec '"
                        + java + "' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    public static void main(String[] arguments) throws IOException {
        Fault fault = Fault.valueOf(arguments[0]);
        List<String> lines = Files.readAllLines(Path.of(arguments[1].substring(1)));
        String address = lines.get(lines.size() - 2).replace("\"", "");
        byte[] secret = System.in.readNBytes(2 * Door.TOKEN_BYTES);
        try (SocketChannel channel = WorkerMain.connect(address, secret)) {
            if (fault == Fault.UNKNOWN_KIND_BEFORE_READY) {
                send(channel, fault.bytes(0));
            }
            send(channel, frame(Frame.READY, Frame.NO_TASK));
            FrameReader reader = new FrameReader(channel);
            BegunMark mark = null;
            for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
                if (frame.kind() == Frame.MARK) {
                    mark = BegunMark.open(Path.of(new String(frame.payload().part(0), StandardCharsets.UTF_8)));
                } else if (frame.kind() == Frame.TASK) {
                    Objects.requireNonNull(mark).begins(frame.task());
                    send(channel, fault.bytes(frame.task()));
                }
            }
        }
    }

    private static void send(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }
}
