package dev.fleche.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** Where a worker finds its parent: the path of a Unix domain socket, or a colon and a port of the loopback device. */
final class Address {

    private Address() {}

    static SocketAddress parse(String address) {
        return address.startsWith(":")
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(1)))
                : UnixDomainSocketAddress.of(address);
    }

    /** Lets frames leave at once: TCP would hold a small one back until the one before it has been confirmed. */
    static void sendAtOnce(SocketChannel channel) throws IOException {
        if (channel.getRemoteAddress() instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }
}
