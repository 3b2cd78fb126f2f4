package dev.firstline.cli;

import dev.firstline.Misuse;
import dev.firstline.wire.LineDecoder;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;

/** A file that is checked, or standard input: read once, from its beginning to its end. */
final class CheckInput implements Closeable {
    /** What standard input is called. */
    static final String STANDARD_INPUT = "-";

    private final String name;
    private final InputStream bytes;
    private final FileChannel file;
    private final long size;
    private final byte[] chunk = new byte[CaptureLines.CHUNK_BYTES];
    private int beginning;
    private long read;

    private CheckInput(String name, InputStream bytes, FileChannel file, long size) {
        this.name = name;
        this.bytes = bytes;
        this.file = file;
        this.size = size;
    }

    /** @throws Misuse if there is no such file, or it cannot be read */
    static void approve(String name) {
        if (name.equals(STANDARD_INPUT)) {
            return;
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new Misuse("a file, or - for standard input", "none", name, "see its name");
        }
        if (Files.isDirectory(path)) {
            throw new Misuse("a file, or - for standard input", "a folder", name, "name the files in it");
        }
        if (!Files.isReadable(path)) {
            throw new Misuse("a readable file", "one that is not", name, "see its permissions");
        }
    }

    /** Opens a file, a {@code .gz} to be unpacked, or standard input. */
    @SuppressWarnings("resource") // whoever called closes it
    static CheckInput open(String name) {
        try {
            if (name.equals(STANDARD_INPUT)) {
                FileInputStream input = new FileInputStream(FileDescriptor.in);
                return new CheckInput(name, input, input.getChannel(), 0);
            }
            FileInputStream file = new FileInputStream(name);
            InputStream bytes = name.endsWith(".gz") ? new GZIPInputStream(file, CaptureLines.CHUNK_BYTES) : file;
            return new CheckInput(name, bytes, file.getChannel(), Files.size(Path.of(name)));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    String name() {
        return name;
    }

    /** The first lines; in a pipe not more than it has. What it returns will still be read. */
    String beginning() {
        String text = "";
        for (int more = 0; more >= 0 && beginning < chunk.length && saysNothing(text); ) {
            more = readInto(beginning, chunk.length - beginning);
            beginning += Math.max(0, more);
            text = new String(chunk, 0, beginning, StandardCharsets.UTF_8);
        }
        return text;
    }

    private static boolean saysNothing(String text) {
        return text.indexOf('\n') < 0 || text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    /** Takes the next bytes of an input. */
    interface Sink {
        void feed(byte[] chunk, int length);
    }

    /** Reads all, chunk by chunk. */
    void read(Sink sink) {
        for (int length = beginning; length >= 0; length = readInto(0, chunk.length)) {
            sink.feed(chunk, length);
        }
    }

    /**
     * All of it, as text.
     *
     * @throws Misuse if it is not UTF-8, or longer than a single line may be
     */
    String text() {
        byte[] all = Arrays.copyOf(chunk, beginning);
        try {
            byte[] rest = bytes.readNBytes(LineDecoder.LINE_BYTES_MAX);
            if (all.length + rest.length > LineDecoder.LINE_BYTES_MAX) {
                throw new Misuse(
                        "a recording of at most " + LineDecoder.LINE_BYTES_MAX + " bytes",
                        "a longer one",
                        name,
                        "split it");
            }
            all = Arrays.copyOf(all, all.length + rest.length);
            System.arraycopy(rest, 0, all, all.length - rest.length, rest.length);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(all))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Misuse("a recording in UTF-8", "bytes that are not", name, "save the file as UTF-8");
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** How many bytes were read, unpacked. */
    long bytesRead() {
        return read;
    }

    /** Which share of the file was read, from 0 to 1; unknown of a pipe. */
    OptionalDouble share() {
        try {
            return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, (double) file.position() / size));
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private int readInto(int from, int length) {
        try {
            int more = bytes.read(chunk, from, length);
            read += Math.max(0, more);
            return more;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static Misuse unreadable(String name, IOException e) {
        return new Misuse("a readable file", String.valueOf(e.getMessage()), name, "see what it is");
    }
}
