package dev.firstline.gatling;

import dev.firstline.Misuse;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what {@link SimulationLog} reads, as Gatling itself would: the same records, the same bytes. */
final class SimulationLogWriter implements AutoCloseable {
    private final DataOutputStream out;
    private final LoggedRun run;
    private final Map<String, Integer> texts = new HashMap<>();

    SimulationLogWriter(Path file, LoggedRun run) throws IOException {
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        this.run = run;
        writeRun();
    }

    void write(LogRecord record) throws IOException {
        if (record instanceof LogRecord.Response response) {
            out.writeByte(SimulationLog.RESPONSE);
            groups(response.groups());
            text(response.name());
            time(response.startMillis());
            time(response.atMillis());
            out.writeBoolean(response.ok());
            text(response.message());
        } else if (record instanceof LogRecord.User user) {
            out.writeByte(SimulationLog.USER);
            out.writeInt(run.scenarios().indexOf(user.scenario()));
            out.writeBoolean(user.start());
            time(user.atMillis());
        } else if (record instanceof LogRecord.Group group) {
            out.writeByte(SimulationLog.GROUP);
            groups(group.groups());
            time(group.startMillis());
            time(group.atMillis());
            out.writeInt(group.requestMillis());
            out.writeBoolean(group.ok());
        } else if (record instanceof LogRecord.Failure failure) {
            out.writeByte(SimulationLog.FAILURE);
            text(failure.message());
            time(failure.atMillis());
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void writeRun() throws IOException {
        out.writeByte(SimulationLog.RUN);
        plainText(run.version());
        plainText(run.simulation());
        out.writeLong(run.startMillis());
        plainText(run.description());
        out.writeInt(run.scenarios().size());
        for (String scenario : run.scenarios()) {
            plainText(scenario);
        }
        out.writeInt(run.assertions().size());
        for (String assertion : run.assertions()) {
            out.writeInt(assertion.length());
            out.write(assertion.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void groups(List<String> groups) throws IOException {
        out.writeInt(groups.size());
        for (String group : groups) {
            text(group);
        }
    }

    private void time(long millis) throws IOException {
        long since = millis - run.startMillis();
        if (since != (int) since) {
            throw new Misuse(
                    "logs of one run: all within 24 days",
                    "two that are " + since + " ms apart",
                    "the records of " + run.simulation(),
                    "the logs of one run, from injectors whose clocks are right");
        }
        out.writeInt((int) since);
    }

    /** Whole the first time, and its number from then on. */
    private void text(String text) throws IOException {
        Integer number = texts.get(text);
        if (number != null) {
            out.writeInt(-number);
            return;
        }
        texts.put(text, texts.size() + 1);
        out.writeInt(texts.size());
        plainText(text);
    }

    private void plainText(String text) throws IOException {
        boolean latin = text.chars().allMatch(c -> c <= 0xFF);
        byte[] bytes = latin ? text.getBytes(StandardCharsets.ISO_8859_1) : utf16(text);
        out.writeInt(bytes.length);
        if (bytes.length > 0) {
            out.write(bytes);
            out.writeByte(latin ? SimulationLog.LATIN_1 : SimulationLog.UTF_16);
        }
    }

    private static byte[] utf16(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES).order(ByteOrder.nativeOrder());
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }
}
