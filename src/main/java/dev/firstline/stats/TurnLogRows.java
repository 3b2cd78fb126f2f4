package dev.firstline.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.firstline.Misuse;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a {@link TurnLog} as they stand in its file, one after the other. A log whose writer was killed has no
 * end, and perhaps half a row as its last one, which is none. Not thread-safe.
 */
final class TurnLogRows implements Closeable {
    private final Path file;
    private final @Nullable Torn unzipped;
    private final @Nullable BufferedReader in;
    private TurnLog.@Nullable Head head;
    private @Nullable String ahead;
    private int number;

    private TurnLogRows(Path file, @Nullable Torn unzipped) throws IOException {
        this.file = file;
        this.unzipped = unzipped;
        this.in = unzipped == null
                ? null
                : new BufferedReader(new InputStreamReader(unzipped, StandardCharsets.UTF_8), TurnLog.BUFFER_BYTES);
    }

    /**
     * Opens a log and reads its head.
     *
     * @param file exists
     * @throws Misuse if it is not a log of a version that this harness knows
     */
    static TurnLogRows open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        TurnLogRows rows;
        try {
            rows = new TurnLogRows(file, new Torn(new GZIPInputStream(raw, TurnLog.BUFFER_BYTES)));
        } catch (EOFException e) {
            // Not even the compressor's own head was written.
            raw.close();
            return new TurnLogRows(file, null);
        } catch (ZipException e) {
            raw.close();
            throw noLog(e, file + ":0");
        }
        try {
            rows.ahead = rows.line();
            String first = rows.next();
            rows.head = first == null ? null : head(first, file);
            return rows;
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    /** What the first row says of the run; null where it was never written. */
    TurnLog.@Nullable Head head() {
        return head;
    }

    /**
     * The next row; null where there is none.
     *
     * @throws Misuse if the file is damaged
     */
    @Nullable
    String next() throws IOException {
        String row = ahead;
        if (row == null) {
            return null;
        }
        number++;
        ahead = line();
        return ahead == null && !isWhole() && !isJson(row) ? null : row;
    }

    /** Where the row stands that was read last. */
    String where() {
        return file + ":" + number;
    }

    /** Whether the log has an end. Known when there is no next row. */
    boolean isWhole() {
        return unzipped != null && !unzipped.torn;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }

    private @Nullable String line() throws IOException {
        try {
            return in == null ? null : in.readLine();
        } catch (ZipException e) {
            throw noLog(e, where());
        }
    }

    private static boolean isJson(String text) {
        try {
            Json.MAPPER.readTree(text);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static TurnLog.Head head(String text, Path file) {
        String saw;
        try {
            TurnLog.@Nullable Head head = Json.MAPPER.readValue(text, TurnLog.Head.class);
            if (head != null && head.version() == TurnLog.VERSION) {
                return head;
            }
            saw = head == null ? "null" : "version " + head.version();
        } catch (JsonProcessingException e) {
            saw = e.getOriginalMessage();
        }
        throw new Misuse("a turn log of version " + TurnLog.VERSION, saw, file + ":1", "the harness that wrote it");
    }

    private static Misuse noLog(ZipException e, String where) {
        return new Misuse("a turn log", "" + e.getMessage(), where, "another run's folder");
    }

    /** A stream whose missing end is an end: what came before it is worth reading. */
    private static final class Torn extends FilterInputStream {
        private boolean torn;

        Torn(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (EOFException e) {
                torn = true;
                return -1;
            }
        }
    }
}
