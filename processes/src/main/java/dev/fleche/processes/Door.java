package dev.fleche.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The socket at which one worker is expected.
 *
 * <p>It stands in a directory of its owner alone where the system has Unix domain sockets, and on the loopback device
 * otherwise. Both sides prove that they know the secret that the worker found in its standard input. Safe for use by
 * several threads.
 */
final class Door implements AutoCloseable {

    static final int TOKEN_BYTES = 32;
    static final int MAX_GUESTS = 16;
    private static final int MAX_SOCKET_PATH = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerSocketChannel server;
    private final String address;
    private final @Nullable Path directory;
    private final byte[] token = new byte[TOKEN_BYTES];
    private final byte[] answer = new byte[TOKEN_BYTES];
    /** Those who have not said the secret yet, the oldest first; guarded by itself. */
    private final ArrayDeque<SocketChannel> guests = new ArrayDeque<>();

    private final CompletableFuture<SocketChannel> worker = new CompletableFuture<>();

    private Door(ServerSocketChannel server, String address, @Nullable Path directory) {
        this.server = server;
        this.address = address;
        this.directory = directory;
        RANDOM.nextBytes(token);
        RANDOM.nextBytes(answer);
    }

    /** Opens a socket of the best kind that there is. */
    static Door open() throws IOException {
        Path directory = null;
        ServerSocketChannel server = null;
        try {
            directory = Files.createTempDirectory("fleche");
            Path socket = directory.resolve("w");
            if (socket.toString().length() <= MAX_SOCKET_PATH) {
                server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server.bind(UnixDomainSocketAddress.of(socket));
                return new Door(server, socket.toString(), directory);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // no such sockets here: the loopback device does as well
            if (server != null) {
                server.close();
            }
        }
        if (directory != null) {
            Files.deleteIfExists(directory);
        }
        return openOnLoopback();
    }

    /** Loads what opening one needs. */
    static void rehearse() {
        RANDOM.nextBytes(new byte[TOKEN_BYTES]);
    }

    /** Opens a socket of the loopback device. */
    static Door openOnLoopback() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
        return new Door(server, ":" + bound.getPort(), null);
    }

    /** Returns where a worker finds it. */
    String address() {
        return address;
    }

    /** Returns what the worker must be told in private. */
    byte[] secret() {
        byte[] secret = new byte[2 * TOKEN_BYTES];
        System.arraycopy(token, 0, secret, 0, TOKEN_BYTES);
        System.arraycopy(answer, 0, secret, TOKEN_BYTES, TOKEN_BYTES);
        return secret;
    }

    /** Waits for the one that knows the secret; blocks until then or until {@link #close}. */
    SocketChannel await() throws IOException {
        start("fleche door", this::acceptAll);
        try {
            return worker.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("the door was closed before the worker came", e);
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel guest = server.accept();
                welcome(guest);
                start("fleche doorkeeper", () -> greet(guest));
            }
        } catch (IOException e) {
            worker.completeExceptionally(e); // closed, in good time or not
        }
    }

    /** A worker speaks at once, so the oldest guest has the least to say. */
    private void welcome(SocketChannel guest) throws IOException {
        SocketChannel oldest = null;
        synchronized (guests) {
            guests.add(guest);
            if (guests.size() > MAX_GUESTS) {
                oldest = guests.poll();
            }
        }
        if (oldest != null) {
            oldest.close();
        }
        if (!server.isOpen()) {
            guest.close(); // close may have gone through the guests already
        }
    }

    /** Returns whether the guest was still one; it is none any more. */
    private boolean leaves(SocketChannel guest) {
        synchronized (guests) {
            return guests.remove(guest);
        }
    }

    /** Each guest is heard on a thread of its own, so that a silent one keeps nobody out. */
    private void greet(SocketChannel guest) {
        try {
            ByteBuffer hello = ByteBuffer.allocate(TOKEN_BYTES);
            if (isRead(hello, guest) && MessageDigest.isEqual(hello.array(), token) && leaves(guest)) {
                Address.sendAtOnce(guest);
                ByteBuffer back = ByteBuffer.wrap(answer);
                while (back.hasRemaining()) {
                    guest.write(back);
                }
                if (worker.complete(guest)) {
                    return;
                }
            }
            guest.close();
        } catch (IOException e) {
            // gone again, or sent away by close
        } finally {
            leaves(guest);
        }
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isRead(ByteBuffer hello, SocketChannel channel) throws IOException {
        while (hello.hasRemaining()) {
            if (channel.read(hello) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        List<SocketChannel> left;
        synchronized (guests) {
            left = List.copyOf(guests);
        }
        for (SocketChannel guest : left) {
            guest.close();
        }
        if (directory != null) {
            Files.deleteIfExists(directory.resolve("w"));
            Files.deleteIfExists(directory);
        }
    }
}
