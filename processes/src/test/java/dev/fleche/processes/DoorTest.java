package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DoorTest {

    enum Kind {
        BEST,
        LOOPBACK;

        Door open() throws IOException {
            return this == BEST ? Door.open() : Door.openOnLoopback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoKnowsTheSecretComesIn(Kind kind) throws Exception {
        try (Door door = kind.open()) {
            awaitWorker(door, await(door));
        }
    }

    private static void awaitWorker(Door door, CompletableFuture<SocketChannel> inside) throws Exception {
        try (SocketChannel worker = WorkerMain.connect(door.address(), door.secret());
                SocketChannel parent = inside.get(20, TimeUnit.SECONDS)) {
            worker.write(ByteBuffer.wrap(new byte[] {42}));
            ByteBuffer received = ByteBuffer.allocate(1);
            assertThat(parent.read(received)).isEqualTo(1);
            assertThat(received.get(0)).isEqualTo((byte) 42);
        }
    }

    @Test
    void nothingWaitsToBeSentOnTheLoopbackDevice() throws Exception {
        try (Door door = Door.openOnLoopback()) {
            CompletableFuture<SocketChannel> inside = await(door);

            try (SocketChannel worker = WorkerMain.connect(door.address(), door.secret());
                    SocketChannel parent = inside.get(20, TimeUnit.SECONDS)) {
                assertThat(worker.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
                assertThat(parent.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotIsTurnedAwayAndTheNextIsHeard(Kind kind) throws Exception {
        try (Door door = kind.open()) {
            CompletableFuture<SocketChannel> inside = await(door);
            byte[] wrong = new byte[2 * Door.TOKEN_BYTES];

            assertThatThrownBy(() -> WorkerMain.connect(door.address(), wrong)).isInstanceOf(IOException.class);
            awaitWorker(door, inside);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoSaysHalfTheSecretDoesNotComeIn(Kind kind) throws Exception {
        try (Door door = kind.open()) {
            CompletableFuture<SocketChannel> inside = await(door);
            try (SocketChannel half = SocketChannel.open(Address.parse(door.address()))) {
                half.write(ByteBuffer.wrap(door.secret(), 0, Door.TOKEN_BYTES / 2));
                half.shutdownOutput();

                assertThat(half.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                awaitWorker(door, inside);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfSilentGuestsKeepsNobodyOut(Kind kind) throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try (Door door = kind.open()) {
            CompletableFuture<SocketChannel> inside = await(door);
            for (int i = 0; i <= Door.MAX_GUESTS; i++) {
                silent.add(SocketChannel.open(Address.parse(door.address())));
            }

            awaitWorker(door, inside);
            door.close();

            for (SocketChannel guest : silent) {
                assertThat(guest.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
        } finally {
            for (SocketChannel guest : silent) {
                guest.close();
            }
        }
    }

    @Test
    void closingEndsTheWait() throws Exception {
        Door door = Door.open();
        CompletableFuture<SocketChannel> inside = await(door);

        door.close();

        assertThatThrownBy(() -> inside.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void theSocketIsItsOwnersAloneAndGoesWithTheDoor() throws IOException {
        Path socket;
        try (Door door = Door.open()) {
            socket = Path.of(door.address());

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.resolveSibling("."))))
                    .isEqualTo("rwx------");
        }
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void aWorkerDoesNotTalkToAnotherProgram() throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = ":" + ((InetSocketAddress) other.getLocalAddress()).getPort();
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> answerZeros(other));

            assertThatThrownBy(() -> WorkerMain.connect(address, secret()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is not the program that started this worker");
            answer.get(30, TimeUnit.SECONDS);
        }
    }

    private static byte[] secret() {
        byte[] secret = new byte[2 * Door.TOKEN_BYTES];
        secret[Door.TOKEN_BYTES] = 1;
        return secret;
    }

    private static void answerZeros(ServerSocketChannel server) {
        try (SocketChannel channel = server.accept()) {
            channel.write(ByteBuffer.allocate(Door.TOKEN_BYTES));
            while (channel.read(ByteBuffer.allocate(64)) > 0) {
                // until the other side has read and gone
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static CompletableFuture<SocketChannel> await(Door door) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return door.await();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }
}
