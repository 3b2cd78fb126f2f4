package dev.firstline.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Whether something answers 200: what the stub's image asks of itself. A main class of its own, and of little else: it
 * is started again and again beside a server whose times are measured.
 */
public final class Health {
    private static final int PATIENCE_MILLIS = 4_000;

    private Health() {}

    /** Ends with 0 if the URL, its only argument, answers 200, and with 1 otherwise. */
    public static void main(String... args) {
        String seen = seen(args[0]);
        System.out.println(args[0] + ": " + seen);
        System.exit(seen.equals("200") ? 0 : 1);
    }

    private static String seen(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return String.valueOf(connection.getResponseCode());
        } catch (IOException e) {
            return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        }
    }
}
