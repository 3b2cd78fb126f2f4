package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.firstline.Misuse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code turns.jsonl.gz}: every call of a run, one JSON row each after a version row, without a word of any customer.
 *
 * <p>{@code due} is in microseconds from the run's origin; {@code sent}, {@code headers}, {@code first_byte},
 * {@code first_content}, {@code lines} and {@code end} are microseconds from {@code due}, and absent where they did not
 * happen. A row whose {@code call} is {@code journey} tells a whole conversation. Not thread-safe.
 */
public final class TurnLog implements AutoCloseable {
    /** What it is called in a run's folder. */
    public static final String NAME = "turns.jsonl.gz";

    /** The version of the rows. */
    public static final int VERSION = 1;

    static final int BUFFER_BYTES = 1 << 16;
    private static final String JOURNEY = "journey";

    private final Writer out;

    private TurnLog(Writer out) {
        this.out = out;
    }

    /** Begins a log in the run's folder. */
    public static TurnLog create(Path folder, RunIdentity identity) throws IOException {
        return to(Files.newOutputStream(folder.resolve(NAME)), identity);
    }

    /** Begins a log in a stream, which it closes. */
    static TurnLog to(OutputStream out, RunIdentity identity) throws IOException {
        // Flushed through the compressor, so that what a killed run wrote can be read.
        GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER_BYTES, /* syncFlush= */ true);
        TurnLog log = new TurnLog(new OutputStreamWriter(gzip, StandardCharsets.UTF_8));
        log.row(new Head(VERSION, identity.run(), identity.simulation(), identity.target(), identity.started()));
        return log;
    }

    /** Appends a call, whose times are from the run's origin. */
    public void write(CallResult result) throws IOException {
        row(Row.of(result));
    }

    /** Appends a conversation, whose times are from the run's origin. */
    public void write(JourneyResult result) throws IOException {
        row(Row.of(result));
    }

    /** Makes what was written so far readable by others. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Appends a row that stood in another log, as it stood there. */
    void append(String row) throws IOException {
        out.write(row);
        out.write('\n');
    }

    private void row(Object row) throws IOException {
        append(Json.compact(row));
    }

    /**
     * Reads a log from a run's folder, row by row.
     *
     * @return whether the log has an end; one whose writer was killed is read as far as it goes
     * @throws Misuse if there is none or it is not a log of a version that this harness knows
     */
    public static boolean read(Path folder, Consumer<CallResult> calls, Consumer<JourneyResult> journeys)
            throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            throw new Misuse(
                    "a run's folder with a " + NAME, "no such file", file.toString(), "a folder of reports/runs");
        }
        try (TurnLogRows rows = TurnLogRows.open(file)) {
            for (String text = rows.next(); text != null; text = rows.next()) {
                Object result = result(text, rows.where());
                if (result instanceof JourneyResult journey) {
                    journeys.accept(journey);
                } else if (result instanceof CallResult call) {
                    calls.accept(call);
                }
            }
            return rows.isWhole();
        }
    }

    /**
     * Whose log a folder holds, its fingerprint apart, which no log has; empty where there is none, or its writer was
     * killed before it had written that.
     *
     * @throws Misuse if it is not a log of a version that this harness knows
     */
    public static Optional<RunIdentity> identity(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (TurnLogRows rows = TurnLogRows.open(file)) {
            return Optional.ofNullable(rows.head())
                    .map(head ->
                            new RunIdentity(head.run(), head.simulation(), head.target(), head.started(), Map.of()));
        }
    }

    private static Object result(String text, String where) {
        try {
            @Nullable Row row = Json.MAPPER.readValue(text, Row.class);
            if (row == null || row.call() == null || row.journey() == null) {
                throw new IllegalArgumentException("neither a call nor a journey");
            }
            return row.call().equals(JOURNEY) ? row.journeyResult() : row.callResult();
        } catch (JsonProcessingException e) {
            throw new Misuse("a row of a turn log", e.getOriginalMessage(), where, "another run's folder");
        } catch (RuntimeException e) {
            throw new Misuse("a row of a turn log", "" + e.getMessage(), where, "another run's folder");
        }
    }

    /** The first row. */
    record Head(
            @JsonProperty("firstline_turns") int version,
            String run,
            String simulation,
            String target,
            String started) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(
            String call,
            String journey,
            long number,
            @Nullable Integer turn,
            @Nullable String session,
            long due,
            @Nullable Long sent,
            @Nullable Long headers,
            @JsonProperty("first_byte") @Nullable Long firstByte,
            @JsonProperty("first_content") @Nullable Long firstContent,
            @Nullable List<Long> lines,
            @JsonProperty("lines_beyond") @Nullable Integer linesBeyond,
            @JsonProperty("max_gap") @Nullable Long maxGap,
            long end,
            @Nullable Long think,
            @JsonProperty("first_kind") @Nullable String firstKind,
            @Nullable List<String> kinds,
            @Nullable String outcome,
            @Nullable Integer checked,
            @Nullable Integer unchecked,
            @Nullable List<RuleHit> findings) {

        static Row of(CallResult result) {
            CallTiming timing = result.timing();
            LineTimes times = timing.lines();
            List<Long> lines = new ArrayList<>(times.kept());
            for (int i = 0; i < times.kept(); i++) {
                lines.add(micros(times.nanosAt(i) - timing.dueNanos()));
            }
            boolean beyond = times.count() > times.kept();
            return new Row(
                    result.call().label(),
                    result.journey(),
                    result.number(),
                    result.turn(),
                    result.session(),
                    micros(timing.dueNanos()),
                    since(timing.sentNanos(), timing),
                    since(timing.headersNanos(), timing),
                    since(timing.firstByteNanos(), timing),
                    since(timing.firstContentNanos(), timing),
                    lines,
                    beyond ? times.count() - times.kept() : null,
                    beyond ? micros(times.gapNanosMax()) : null,
                    micros(timing.e2eNanos()),
                    null,
                    result.firstContent(),
                    result.kinds(),
                    result.outcome().label(),
                    result.linesChecked() == CallResult.NOT_CHECKED ? null : result.linesChecked(),
                    result.linesUnchecked() == 0 ? null : result.linesUnchecked(),
                    result.findings());
        }

        static Row of(JourneyResult result) {
            return new Row(
                    JOURNEY,
                    result.journey(),
                    result.number(),
                    null,
                    null,
                    micros(result.dueNanos()),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    micros(result.endNanos() - result.dueNanos()),
                    micros(result.thinkNanos()),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        CallResult callResult() {
            long dueNanos = due * 1_000;
            long[] nanos = lines == null
                    ? new long[0]
                    : lines.stream().mapToLong(at -> dueNanos + at * 1_000).toArray();
            LineTimes times = LineTimes.of(nanos);
            if (linesBeyond != null && maxGap != null) {
                times = times.andBeyond(linesBeyond, maxGap * 1_000);
            }
            CallTiming timing = new CallTiming(
                    dueNanos,
                    at(sent, dueNanos),
                    at(headers, dueNanos),
                    at(firstByte, dueNanos),
                    at(firstContent, dueNanos),
                    times,
                    dueNanos + end * 1_000);
            return new CallResult(
                    CallKind.of(call),
                    journey,
                    number,
                    turn == null ? 0 : turn,
                    session == null ? "" : session,
                    timing,
                    outcome == null ? Outcome.OK : Outcome.parse(outcome),
                    kinds == null ? List.of() : kinds,
                    firstKind,
                    checked == null ? CallResult.NOT_CHECKED : checked,
                    unchecked == null ? 0 : unchecked,
                    findings == null ? List.of() : findings);
        }

        JourneyResult journeyResult() {
            return new JourneyResult(
                    journey, number, due * 1_000, (due + end) * 1_000, think == null ? 0 : think * 1_000);
        }

        private static long micros(long nanos) {
            return nanos / 1_000;
        }

        private static @Nullable Long since(long nanos, CallTiming timing) {
            return nanos == CallTiming.NEVER ? null : micros(nanos - timing.dueNanos());
        }

        private static long at(@Nullable Long micros, long dueNanos) {
            return micros == null ? CallTiming.NEVER : dueNanos + micros * 1_000;
        }
    }
}
