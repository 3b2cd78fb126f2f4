package dev.firstline.journey;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a URL leads: what two spellings of the same place have in common. Never shows who logs in. */
record Address(String scheme, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static Address of(URI url) {
        String scheme = lowerCase(url.getScheme());
        int ownPort = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        return new Address(scheme, lowerCase(url.getHost()), url.getPort() < 0 ? ownPort : url.getPort());
    }

    /** Whether it is this machine by its very name; no name is looked up. */
    boolean loopback() {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }

    private static String lowerCase(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
