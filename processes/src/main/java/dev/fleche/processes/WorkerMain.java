package dev.fleche.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The program of a worker: takes tasks from the connection to its parent, until that ends.
 *
 * <p>Users wait for its start, so nothing on the way there needs lambdas, patterns or formatting.
 */
final class WorkerMain {

    /** Tells Fleche that another process waits for what this one computes. */
    private static final String WORKER = "dev.fleche.worker";

    private WorkerMain() {}

    /** Runs a worker; started by the launcher alone. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty(WORKER, "true");
        try {
            serve(connect(arguments[0], readSecret()), arguments[1]);
        } catch (IOException e) {
            System.err.println(e); // read by the parent, if it is there
        } catch (Throwable e) { // a task may have filled the heap
            Orphan.halt();
        }
        Orphan.end();
    }

    private static byte[] readSecret() throws IOException {
        byte[] secret = System.in.readNBytes(2 * Door.TOKEN_BYTES);
        System.setIn(InputStream.nullInputStream());
        return secret;
    }

    /** Connects, and makes sure that both sides know the secret. */
    static SocketChannel connect(String address, byte[] secret) throws IOException {
        SocketChannel channel = SocketChannel.open(Address.parse(address));
        try {
            Address.sendAtOnce(channel);
            ByteBuffer hello = ByteBuffer.wrap(secret, 0, Door.TOKEN_BYTES);
            while (hello.hasRemaining()) {
                channel.write(hello);
            }
            ByteBuffer answer = ByteBuffer.allocate(Door.TOKEN_BYTES);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // until it is whole
            }
            byte[] expected = Arrays.copyOfRange(secret, Door.TOKEN_BYTES, 2 * Door.TOKEN_BYTES);
            if (answer.hasRemaining() || !MessageDigest.isEqual(answer.array(), expected)) {
                throw new IOException("who listens at " + address + " is not the program that started this worker");
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes tasks until the parent goes, or until this process has been told to end. */
    static void serve(SocketChannel channel, String number) throws IOException {
        FrameReader reader = new FrameReader(channel);
        Frame setup = reader.read();
        if (setup == null || setup.kind() != Frame.SETUP) {
            throw new IOException("the program that started this worker did not say what for");
        }
        Outbox outbox = new Outbox();
        TaskCodec codec = new TaskCodec(
                ClassLoader.getSystemClassLoader(),
                TaskCodec.filter(new String(setup.payload().part(0), StandardCharsets.UTF_8)));
        StandardStreams streams = new StandardStreams(outbox);
        streams.install();
        TaskRunner runner = new TaskRunner(outbox, codec, streams, setup.payload());
        new Sender(outbox, channel).start();
        Farewell farewell = new Farewell(outbox);
        Runtime.getRuntime().addShutdownHook(farewell);
        runner.start("task of worker " + number, setup.task());
        for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
            runner.accept(frame);
        }
        if (farewell.hasBegun()) {
            farewell.awaitEnd();
        }
    }

    /** The thread that sends. */
    private static final class Sender extends Thread {

        private final Outbox outbox;
        private final SocketChannel channel;

        Sender(Outbox outbox, SocketChannel channel) {
            super("fleche sender");
            this.outbox = outbox;
            this.channel = channel;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                outbox.sendTo(channel);
            } catch (IOException e) {
                Orphan.end(); // nobody listens any more
            } catch (Throwable e) {
                Orphan.halt();
            }
        }
    }
}
