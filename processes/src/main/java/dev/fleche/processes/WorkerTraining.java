package dev.fleche.processes;

import dev.fleche.SerializableCallable;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * A program that goes the way of a worker once, on both ends, so that the JVM can note which classes that takes.
 *
 * <p>Its notes make the {@link ClassArchive}.
 */
final class WorkerTraining {

    private static final int TASKS = 3;

    private WorkerTraining() {}

    /** Runs a few tasks, and ends. */
    public static void main(String[] arguments) throws IOException {
        try (Door door = Door.open()) {
            Thread parent = new Thread(() -> play(door), "parent");
            parent.start();
            SocketChannel channel = WorkerMain.connect(door.address(), door.secret());
            WorkerMain.serve(channel, "0");
        }
    }

    private static void play(Door door) {
        WorkerSpec spec = new WorkerSpec.Draft().finish();
        Outbox outbox = new Outbox();
        try (SocketChannel channel = door.await()) {
            door.close();
            outbox.add(new Frame(Frame.SETUP, spec.stackBytes(), Payload.EMPTY.after(new byte[0])));
            for (int i = 0; i < TASKS; i++) {
                outbox.add(new Frame(Frame.TASK, i, spec.codec().encode(task(i))));
            }
            outbox.add(new Frame(Frame.FINISH, Frame.NO_TASK, Payload.EMPTY));
            outbox.close();
            outbox.sendTo(channel);
            FrameReader reader = new FrameReader(channel);
            for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
                if (frame.kind() == Frame.BYE) {
                    channel.shutdownOutput();
                }
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static SerializableCallable<Object> task(int number) {
        return () -> {
            System.out.println("task " + number);
            if (number == 0) {
                throw new IOException("as tasks do");
            }
            return new long[] {number};
        };
    }
}
