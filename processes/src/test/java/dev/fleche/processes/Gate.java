package dev.fleche.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A place where tasks in other processes arrive and wait until they are let through. */
final class Gate implements AutoCloseable {

    private static final int LIMIT_MILLIS = 60_000;

    private final ServerSocket server;
    private final List<Socket> waiting = new ArrayList<>();

    Gate() throws IOException {
        server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        server.setSoTimeout(LIMIT_MILLIS);
    }

    /** Returns the number by which tasks find the gate. */
    int port() {
        return server.getLocalPort();
    }

    /** Waits until {@code count} more tasks stand at the gate. */
    void awaitArrivals(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            waiting.add(server.accept());
        }
    }

    /** Lets all tasks through that have arrived. */
    void open() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        waiting.clear();
    }

    @Override
    public void close() throws IOException {
        open();
        server.close();
    }

    /** Arrives at a gate and waits, deaf to interrupts; called by tasks. */
    static void pass(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            int ignored = socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Arrives at a gate and waits; an interrupt throws {@code ClosedByInterruptException}; called by tasks. */
    static void passUnlessInterrupted(int port) throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            int ignored = channel.read(ByteBuffer.allocate(1));
        }
    }
}
