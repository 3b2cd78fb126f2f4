package dev.firstline.stub;

import dev.firstline.wire.Endpoint;
import dev.firstline.wire.InputKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A captured answer: its lines and when each arrived.
 *
 * @param where the file it was read from
 * @param answers the requests that it answers
 * @param status the HTTP status
 * @param headers the response headers
 * @param headersNanos when the headers arrived after the request was sent
 * @param rows what arrived after them, in order
 * @param endNanos when the body ended
 * @param from where it came from
 */
record Recording(
        String where,
        Answers answers,
        int status,
        Map<String, String> headers,
        long headersNanos,
        List<Row> rows,
        long endNanos,
        Origin from) {

    /** The version of the format that {@link RecordingReader} reads. */
    static final int FORMAT = 1;

    Recording {
        headers = Map.copyOf(headers);
        rows = List.copyOf(rows);
    }

    /**
     * The requests that a recording answers.
     *
     * @param endpoint the endpoint asked
     * @param journey the journey that it is a turn of; null for init, health and close
     * @param turn the place in the journey, from 1; 0 without a journey
     * @param text the customer's last text, which tells journeys apart at their first turn; null for any
     * @param input the kind of the last input; null for any
     */
    record Answers(
            Endpoint endpoint,
            @Nullable String journey,
            int turn,
            @Nullable String text,
            @Nullable InputKind input) {

        /** Whether it says what the customer's input must be. */
        boolean picky() {
            return text != null || input != null;
        }

        boolean answers(Ask ask) {
            boolean kindFits = input == null || input == ask.lastKind();
            return kindFits && (text == null || text.equalsIgnoreCase(ask.lastText()));
        }
    }

    /**
     * A line and when it arrived; or a fault there, which strikes the line if there is one.
     *
     * @param place the line of the file that it stands in, counted from 1
     */
    record Row(int place, long atNanos, Optional<Template> line, Optional<Fault> fault) {
        Row at(long newNanos) {
            return new Row(place, newNanos, line, fault);
        }
    }

    /** Where a recording came from: {@code written by hand}, or a target; the day; the harness's version. */
    record Origin(String source, String date, String harness) {}

    /** The same at other times. */
    Recording timed(long newHeadersNanos, List<Row> newRows, long newEndNanos) {
        return new Recording(where, answers, status, headers, newHeadersNanos, newRows, newEndNanos, from);
    }

    /** The same with every wait changed: for the headers, from each row to the next, and for the end. */
    Recording withWaits(LongUnaryOperator changedNanos) {
        long newHeadersNanos = changedNanos.applyAsLong(headersNanos);
        long recordedNanos = headersNanos;
        long newNanos = newHeadersNanos;
        List<Row> newRows = new ArrayList<>(rows.size());
        for (Row row : rows) {
            newNanos += changedNanos.applyAsLong(row.atNanos() - recordedNanos);
            recordedNanos = row.atNanos();
            newRows.add(row.at(newNanos));
        }
        return timed(newHeadersNanos, newRows, newNanos + changedNanos.applyAsLong(endNanos - recordedNanos));
    }

    /** What is sent when it is played to one request. */
    Plan plan(Placeholder.Values values, double speed) {
        List<Step> steps = new ArrayList<>(rows.size());
        for (Row row : rows) {
            byte[] bytes = row.line().map(line -> line.render(values)).orElse(NOTHING);
            steps.add(new Step(Speed.played(row.atNanos(), speed), bytes));
        }
        Plan plan = new Plan(
                status,
                headers,
                Speed.played(headersNanos, speed),
                steps,
                Speed.played(endNanos, speed),
                Plan.Ending.CLEAN,
                answers.endpoint().streamed());
        for (int i = 0; i < rows.size(); i++) {
            Optional<Fault> fault = rows.get(i).fault();
            if (fault.isPresent()) {
                plan = fault.get().spoil(plan, i);
            }
        }
        return plan;
    }

    private static final byte[] NOTHING = {};
}
