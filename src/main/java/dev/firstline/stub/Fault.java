package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.firstline.stub.Plan.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A scripted misbehaviour: a function from what should be sent to what is sent.
 *
 * <p>A new one is a record here, a row in {@link FaultKind} and a row in {@code stubs/faults.md}.
 */
sealed interface Fault {
    /**
     * What is sent in the place of a plan when this fault strikes at one of its steps.
     *
     * @param step counted from 0, or {@link Plan#HEADERS}; one that the plan does not have is its end
     */
    Plan spoil(Plan plan, int step);

    /** A step and all that follow come later, whatever was sent before. */
    record Stall(long nanos) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.delayed(step, nanos);
        }
    }

    /** The whole answer comes later, its headers too. */
    record Late(long nanos) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.delayed(Plan.HEADERS, nanos);
        }
    }

    /**
     * Silence in the place of a step, until the client leaves or the bound is reached, when the connection is closed.
     */
    record Hang(long boundNanos) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.endedAt(step, plan.dueNanos(step) + boundNanos, Ending.CLOSE);
        }
    }

    /** The connection breaks in the place of a step. */
    record Break(Ending ending) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.endedAt(step, plan.dueNanos(step), ending);
        }
    }

    /** Half a line, then the end: clean, or the connection is closed. */
    record Truncate(Ending ending) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            int line = lineAt(plan, step);
            return line < 0 ? plan : plan.endedBy(line, half(plan.steps().get(line), ""), ending);
        }
    }

    /** A line that is not JSON; the stream goes on. */
    record Malformed() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            int line = lineAt(plan, step);
            return line < 0 ? plan : plan.with(line, half(plan.steps().get(line), "\n"));
        }
    }

    /** A gateway's error line in the place of a step, and a clean end: the 200 has been sent. */
    record ErrorLine(Refusal error) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.endedBy(step, new Step(plan.dueNanos(step), error.line()), Ending.CLEAN);
        }
    }

    /** A gateway's error line in front of a step, and the stream goes on as if nothing had been said. */
    record DataAfterError(Refusal error) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.inserted(step, List.of(new Step(plan.dueNanos(step), error.line())));
        }
    }

    /** A line that names another session than the one that was asked. */
    record ForeignSession() implements Fault {
        private static final Pattern SESSION = Pattern.compile("(\"session(?:Id|_id)\"\\s*:\\s*\")[^\"]*");
        private static final String NOBODYS = "$100000000-0000-0000-0000-000000000000";

        @Override
        public Plan spoil(Plan plan, int step) {
            int line = lineAt(plan, step);
            if (line < 0) {
                return plan;
            }
            Step own = plan.steps().get(line);
            String text = new String(own.bytes(), ISO_8859_1);
            return plan.with(
                    line, own.with(SESSION.matcher(text).replaceAll(NOBODYS).getBytes(ISO_8859_1)));
        }
    }

    /** A line comes twice, its events' ids with it. */
    record Repeat() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            int line = lineAt(plan, step);
            return line < 0 ? plan : plan.inserted(line, List.of(plan.steps().get(line)));
        }
    }

    /** A line waits for the next: both come in one chunk. */
    record Join() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            boolean followed = step + 1 < plan.steps().size();
            return followed ? plan.with(step, plan.steps().get(step).at(plan.dueNanos(step + 1))) : plan;
        }
    }

    /** A line and all that follow come in pieces, each a chunk of its own, so much time from one to the next. */
    record Pieces(int bytes, long gapNanos) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            List<Step> pieced = new ArrayList<>(plan.steps());
            long freeNanos = 0;
            for (int i = step; i < pieced.size(); i++) {
                Step whole = pieced.get(i);
                Step slow = whole.at(Math.max(whole.dueNanos(), freeNanos)).inPiecesOf(bytes, gapNanos);
                pieced.set(i, slow);
                freeNanos = slow.lastDueNanos() + gapNanos;
            }
            return plan.withSteps(pieced, Math.max(plan.endNanos(), freeNanos));
        }
    }

    /** Blank lines in front of a step, spread over the time by which it and all that follow come later. */
    record Blank(int lines, long nanos) implements Fault {
        private static final byte[] LINE_FEED = {'\n'};

        @Override
        public Plan spoil(Plan plan, int step) {
            List<Step> blanks = new ArrayList<>(lines);
            for (int i = 1; i <= lines; i++) {
                blanks.add(new Step(plan.dueNanos(step) + nanos * i / (lines + 1), LINE_FEED));
            }
            return plan.delayed(step, nanos).inserted(step, blanks);
        }
    }

    /** Every line ends with a carriage return and a line feed. */
    record CarriageReturns() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.changed(0, line -> endsLine(line.bytes()) ? line.with(ended(line.bytes(), "\r\n")) : line);
        }
    }

    /** The last line lacks its line feed. */
    record NoNewline() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.changed(
                    plan.steps().size() - 1,
                    line -> endsLine(line.bytes()) ? line.with(ended(line.bytes(), "")) : line);
        }
    }

    /** Another content type, or none. */
    record ContentType(String type) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.withHeader("Content-Type", type);
        }
    }

    /** A proxy that holds everything back until the end, and then sends it in one piece. */
    record Buffer() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.changed(0, line -> line.at(plan.endNanos()))
                    .withHeadersAt(plan.endNanos())
                    .inOnePiece();
        }
    }

    /** A proxy that compresses, asked or not; lines still come as they fall due. */
    record Gzip() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            List<Step> steps = new ArrayList<>();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, true)) {
                for (Step plain : plan.steps()) {
                    gzip.write(plain.bytes());
                    gzip.flush();
                    steps.add(plain.with(compressed.toByteArray()));
                    compressed.reset();
                }
                gzip.finish();
            } catch (IOException e) {
                throw new UncheckedIOException("into memory", e);
            }
            if (plan.ending() == Ending.CLEAN) {
                steps.add(new Step(plan.endNanos(), compressed.toByteArray()));
            }
            return plan.withSteps(steps, plan.endNanos()).withHeader("Content-Encoding", "gzip");
        }
    }

    /** Something in the place of the answer. The service behind the gateway never sees the request. */
    sealed interface Instead extends Fault permits Status, Page {
        Plan answer();

        @Override
        default Plan spoil(Plan plan, int step) {
            return answer();
        }
    }

    /** An HTTP error with a gateway's body. */
    record Status(int http, Refusal error) implements Instead {
        @Override
        public Plan answer() {
            return Plan.atOnce(http, error.headers(), error.bareBody(), false);
        }
    }

    /** A proxy's page for people. */
    record Page(int http) implements Instead {
        private static final String HTML = """
                <html>
                <head><title>%1$d</title></head>
                <body><h1>%1$d</h1><p>This page comes from a proxy.</p></body>
                </html>
                """;

        @Override
        public Plan answer() {
            return Plan.atOnce(http, Map.of("Content-Type", "text/html"), HTML.formatted(http), false);
        }
    }

    private static int lineAt(Plan plan, int step) {
        return Math.min(step, plan.steps().size() - 1);
    }

    /** The first half of a step's bytes, which no JSON object survives, and what is put behind it. */
    private static Step half(Step step, String end) {
        return step.with(joined(Arrays.copyOf(step.bytes(), step.bytes().length / 2), end));
    }

    private static boolean endsLine(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    }

    /** A line with another end in the place of its line feed. */
    private static byte[] ended(byte[] line, String end) {
        return joined(Arrays.copyOf(line, line.length - 1), end);
    }

    private static byte[] joined(byte[] bytes, String end) {
        byte[] tail = end.getBytes(US_ASCII);
        byte[] all = Arrays.copyOf(bytes, bytes.length + tail.length);
        System.arraycopy(tail, 0, all, bytes.length, tail.length);
        return all;
    }
}
