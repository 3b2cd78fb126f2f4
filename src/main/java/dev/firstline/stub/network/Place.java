package dev.firstline.stub.network;

import java.net.InetSocketAddress;

/** Where a proxy listens: as its caller wrote it, and what that was when it was looked up, unresolved if nothing. */
record Place(HostPort written, InetSocketAddress address) {
    /** Looks the name up, which may take seconds: nothing for the loop's thread. */
    static Place of(HostPort written) {
        return new Place(written, written.lookUp());
    }

    /** The same host, with the port that port 0 has become. */
    Place withPort(int actual) {
        return new Place(
                written.withPort(actual),
                address.isUnresolved() ? address : new InetSocketAddress(address.getAddress(), actual));
    }

    boolean isSame(Place other) {
        return written.equals(other.written) || address.equals(other.address);
    }
}
