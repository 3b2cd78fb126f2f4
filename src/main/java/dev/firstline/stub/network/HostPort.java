package dev.firstline.stub.network;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something listens.
 *
 * @param host a name or an address, an IPv6 one without brackets; empty for every address of this machine
 */
record HostPort(String host, int port) {
    private static final int PORT_MAX = 65_535;
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%\\w]+)]|([^\\s:/\\[\\]]*)):(\\d{1,5})");

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

    /** @throws IllegalArgumentException if the port is none */
    HostPort {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("a port is from 0 to " + PORT_MAX + ", and not " + port);
        }
    }

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static HostPort of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("an address is HOST:PORT or [IPV6]:PORT, and not " + text);
        }
        return new HostPort(form.group(1) != null ? form.group(1) : form.group(2), Integer.parseInt(form.group(3)));
    }

    HostPort withPort(int actual) {
        return new HostPort(host, actual);
    }

    /** Whether it is an address already: to look it up takes no time. */
    boolean isLiteral() {
        return host.isEmpty() || host.contains(":") || IPV4.matcher(host).matches();
    }

    /** With its name looked up, which may take a while, and may find nothing. */
    InetSocketAddress lookUp() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
