package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoorTest {

    @Test
    void whoKnowsTheSecretComesIn() throws Exception {
        try (Door door = Door.open()) {
            CompletableFuture<SocketChannel> inside = await(door);

            try (SocketChannel worker = WorkerMain.connect(door.address(), door.secret());
                    SocketChannel parent = inside.get(30, TimeUnit.SECONDS)) {
                assertThat(worker.isConnected()).isTrue();
                assertThat(parent.isConnected()).isTrue();
            }
        }
    }

    @Test
    void whoDoesNotIsTurnedAwayAndTheNextIsHeard() throws Exception {
        try (Door door = Door.open()) {
            CompletableFuture<SocketChannel> inside = await(door);
            byte[] wrong = new byte[2 * Door.TOKEN_BYTES];

            assertThatThrownBy(() -> WorkerMain.connect(door.address(), wrong)).isInstanceOf(IOException.class);
            try (SocketChannel worker = WorkerMain.connect(door.address(), door.secret());
                    SocketChannel parent = inside.get(30, TimeUnit.SECONDS)) {
                assertThat(worker.isConnected()).isTrue();
                assertThat(parent.isConnected()).isTrue();
            }
        }
    }

    @Test
    void whoSaysNothingDoesNotKeepTheWorkerOut() throws Exception {
        try (Door door = Door.open()) {
            CompletableFuture<SocketChannel> inside = await(door);
            try (SocketChannel silent = SocketChannel.open(Address.parse(door.address()));
                    SocketChannel worker = WorkerMain.connect(door.address(), door.secret());
                    SocketChannel parent = inside.get(30, TimeUnit.SECONDS)) {
                door.close();

                assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                assertThat(worker.isConnected()).isTrue();
                assertThat(parent.isConnected()).isTrue();
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
