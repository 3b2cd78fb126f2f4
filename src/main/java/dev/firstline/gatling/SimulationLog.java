package dev.firstline.gatling;

import dev.firstline.Misuse;
import io.gatling.commons.util.GatlingVersion;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Gatling's {@code simulation.log}, record by record.
 *
 * <p>Relies on Gatling 3.15.1, whose form is its own affair: a byte says what follows; times are milliseconds since the
 * run's start, which is in the first record; a text is its length, a String's own bytes and their coder, and a text
 * that comes again is the negative of the number that it first came with. {@code SimulationLogsTest} is the gate for an
 * upgrade.
 */
final class SimulationLog implements AutoCloseable {
    static final int RUN = 0;
    static final int RESPONSE = 1;
    static final int USER = 2;
    static final int GROUP = 3;
    static final int FAILURE = 4;
    static final byte LATIN_1 = 0;
    static final byte UTF_16 = 1;

    /** Gatling writes through a buffer of this size, and every text and every assertion has to fit. */
    private static final int BYTES_MAX = 8192;

    private static final int SCENARIOS_MAX = 10_000;
    private static final int ASSERTIONS_MAX = 10_000;
    private static final int GROUPS_MAX = 1_000;

    private final Path file;
    private final DataInputStream in;
    private final Map<Integer, String> texts = new HashMap<>();
    private final LoggedRun run;
    private long records;
    private boolean torn;

    private SimulationLog(Path file, DataInputStream in) throws IOException {
        this.file = file;
        this.in = in;
        this.run = readRun();
    }

    /**
     * Opens a log; empty where not even its first record is whole, as its injector was killed before that left
     * Gatling's buffer.
     *
     * @throws Misuse if it is no log of the Gatling that is on the class path
     */
    static Optional<SimulationLog> open(Path file) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        boolean opened = false;
        try {
            SimulationLog log = new SimulationLog(file, in);
            opened = true;
            return Optional.of(log);
        } catch (EOFException e) {
            return Optional.empty();
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    Path file() {
        return file;
    }

    LoggedRun run() {
        return run;
    }

    /** Whether it ends within a record; known once there is no next one. */
    boolean isTorn() {
        return torn;
    }

    /**
     * The next record that is whole; null after the last.
     *
     * @throws Misuse if what comes next is none of Gatling's records
     */
    @Nullable
    LogRecord next() throws IOException {
        int type = torn ? -1 : in.read();
        if (type < 0) {
            return null;
        }
        try {
            LogRecord next = switch (type) {
                case RESPONSE -> new LogRecord.Response(groups(), text(), time(), time(), truth(), text());
                case USER -> new LogRecord.User(scenario(), truth(), time());
                case GROUP -> new LogRecord.Group(groups(), time(), time(), in.readInt(), truth());
                case FAILURE -> new LogRecord.Failure(text(), time());
                default -> throw garbage("a record's type, " + RESPONSE + " to " + FAILURE, type);
            };
            records++;
            return next;
        } catch (EOFException e) {
            torn = true;
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private LoggedRun readRun() throws IOException {
        int type = in.readByte();
        if (type != RUN) {
            throw garbage("a " + RUN + " before anything else", type);
        }
        String version = plainText();
        String ours = GatlingVersion.ThisVersion().fullVersion();
        if (!version.equals(ours)) {
            throw new Misuse(
                    "a log of Gatling " + ours + ", which is on the class path",
                    "Gatling " + version,
                    file.toString(),
                    "the same build of Firstline for every injector and for the merge");
        }
        String simulation = plainText();
        long start = in.readLong();
        String description = plainText();
        int count = number(SCENARIOS_MAX, "a number of scenarios");
        List<String> scenarios = new ArrayList<>();
        while (scenarios.size() < count) {
            scenarios.add(plainText());
        }
        count = number(ASSERTIONS_MAX, "a number of assertions");
        List<String> assertions = new ArrayList<>();
        while (assertions.size() < count) {
            int length = number(BYTES_MAX, "an assertion's length");
            assertions.add(new String(bytes(length), StandardCharsets.ISO_8859_1));
        }
        return new LoggedRun(version, simulation, start, description, scenarios, assertions);
    }

    private List<String> groups() throws IOException {
        int count = number(GROUPS_MAX, "a number of groups");
        List<String> groups = new ArrayList<>();
        while (groups.size() < count) {
            groups.add(text());
        }
        return List.copyOf(groups);
    }

    private String scenario() throws IOException {
        return run.scenarios().get(number(run.scenarios().size() - 1, "a scenario's place"));
    }

    private long time() throws IOException {
        return run.startMillis() + in.readInt();
    }

    private boolean truth() throws IOException {
        byte truth = in.readByte();
        if (truth != 0 && truth != 1) {
            throw garbage("yes or no, 1 or 0", truth);
        }
        return truth == 1;
    }

    /** A text that may have come before. */
    private String text() throws IOException {
        int number = in.readInt();
        if (number >= 0) {
            String text = plainText();
            texts.put(number, text);
            return text;
        }
        String text = texts.get(-number);
        if (text == null) {
            throw garbage("the number of a text that came before", number);
        }
        return text;
    }

    private String plainText() throws IOException {
        int length = number(BYTES_MAX, "a text's length");
        if (length == 0) {
            return "";
        }
        byte[] text = bytes(length);
        byte coder = in.readByte();
        if (coder == LATIN_1) {
            return new String(text, StandardCharsets.ISO_8859_1);
        }
        if (coder != UTF_16 || length % Character.BYTES != 0) {
            throw garbage("a text's coder, " + LATIN_1 + " or " + UTF_16 + " with two bytes a character", coder);
        }
        // No charset: half a surrogate pair in a server's answer has to come out as it went in.
        return ByteBuffer.wrap(text)
                .order(ByteOrder.nativeOrder())
                .asCharBuffer()
                .toString();
    }

    private int number(int max, String what) throws IOException {
        int number = in.readInt();
        if (number < 0 || number > max) {
            throw garbage(what + ", 0 to " + max, number);
        }
        return number;
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private Misuse garbage(String expected, int saw) {
        return new Misuse(
                expected,
                saw + " after " + records + " whole records",
                file.toString(),
                "a simulation.log as Gatling left it: it may be damaged, or no such log");
    }
}
