package dev.firstline.stub;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One request over a bare socket, and every byte of what came back, with when it came and how it ended. */
final class RawCall implements AutoCloseable {
    private static final int WAIT_MAX_MILLIS = 20_000;

    enum Ending {
        CLEAN,
        CLOSED,
        RESET
    }

    /** What came back. {@code chunkNanos}: when each chunk was read, counted from when the request was written. */
    record Reply(String head, String body, List<Long> chunkNanos, Ending ending) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        List<String> lines() {
            return List.of(body.split("(?<=\n)"));
        }
    }

    private final Socket socket;
    private long sentNanos;

    RawCall(URI baseUrl) throws IOException {
        this(new Socket(baseUrl.getHost(), baseUrl.getPort()));
    }

    RawCall(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(WAIT_MAX_MILLIS);
    }

    RawCall post(String path, String body, Map<String, String> headers) throws IOException {
        return request("POST", path, body, headers);
    }

    RawCall request(String method, String path, String body, Map<String, String> headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: stub\r\nContent-Length: " + bytes.length);
        headers.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(bytes);
        sentNanos = System.nanoTime();
        socket.getOutputStream().write(all.toByteArray());
        return this;
    }

    /** Whether nothing arrives for so long. */
    boolean isSilentFor(Duration wait) throws IOException {
        socket.setSoTimeout((int) wait.toMillis());
        try {
            return socket.getInputStream().read() == Integer.MIN_VALUE;
        } catch (SocketTimeoutException silence) {
            return true;
        } finally {
            socket.setSoTimeout(WAIT_MAX_MILLIS);
        }
    }

    /** The first chunk of the body, while the rest is still to come. */
    String readChunk() throws IOException {
        InputStream in = socket.getInputStream();
        while (!line(in).isEmpty()) {
            // The head.
        }
        return new String(in.readNBytes(Integer.parseInt(line(in), 16)), StandardCharsets.UTF_8);
    }

    Reply read() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<Long> chunkNanos = new ArrayList<>();
        Ending ending;
        try {
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                head.append(line).append('\n');
            }
            ending = body(in, head.toString(), body, chunkNanos);
        } catch (SocketException e) {
            ending = Ending.RESET;
        } catch (EOFException e) {
            ending = Ending.CLOSED;
        }
        return new Reply(head.toString(), body.toString(StandardCharsets.UTF_8), chunkNanos, ending);
    }

    private Ending body(InputStream in, String head, ByteArrayOutputStream body, List<Long> chunkNanos)
            throws IOException {
        if (!head.contains("Transfer-Encoding: chunked")) {
            int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            body.writeBytes(in.readNBytes(length));
            return body.size() == length ? Ending.CLEAN : Ending.CLOSED;
        }
        while (true) {
            int length = Integer.parseInt(line(in), 16);
            for (int i = 0; i < length; i++) {
                body.write(orEnd(in.read()));
            }
            chunkNanos.add(System.nanoTime() - sentNanos);
            line(in);
            if (length == 0) {
                return Ending.CLEAN;
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = orEnd(in.read()); b != '\n'; b = orEnd(in.read())) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private static int orEnd(int b) throws IOException {
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
