package dev.fleche.processes;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Where a worker finds its parent: the path of a Unix domain socket, or a colon and a port of the loopback device. */
final class Address {

    private Address() {}

    static SocketAddress parse(String address) {
        return address.startsWith(":")
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(1)))
                : UnixDomainSocketAddress.of(address);
    }
}
