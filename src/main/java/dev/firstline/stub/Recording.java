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
 * @param speed how fast it is played unless a request or a mapping says otherwise, or null: as fast as the server
 * @param faults what goes wrong in the answer as a whole
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
        @Nullable Double speed,
        Faults faults,
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
     * A line and when it arrived; or faults there, which strike the line if there is one.
     *
     * @param place the line of the file that it stands in, counted from 1
     */
    record Row(int place, long atNanos, Optional<Template> line, Faults faults) {
        Row at(long newNanos) {
            return new Row(place, newNanos, line, faults);
        }
    }

    /** Where a recording came from: {@code written by hand}, or a target; the day; the harness's version. */
    record Origin(String source, String date, String harness) {}

    /** The same at other times. */
    Recording timed(long newHeadersNanos, List<Row> newRows, long newEndNanos) {
        return new Recording(
                where, answers, status, headers, newHeadersNanos, newRows, newEndNanos, speed, faults, from);
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

    /** The same with all of its times changed alike, so that it ends then. */
    Recording lasting(long newEndNanos) {
        double factor = endNanos == 0 ? 1 : (double) newEndNanos / endNanos;
        return withWaits(waitNanos -> Math.round(waitNanos * factor)).endingAt(newEndNanos);
    }

    private Recording endingAt(long newEndNanos) {
        return timed(headersNanos, rows, newEndNanos);
    }

    /**
     * What is sent when it is played to one request.
     *
     * @param playedAt how many times faster than recorded; 0 without waiting
     */
    Plan plan(Placeholder.Values values, double playedAt, Chance chance) {
        List<Step> steps = new ArrayList<>(rows.size());
        for (Row row : rows) {
            byte[] bytes = row.line().map(line -> line.render(values)).orElse(NOTHING);
            steps.add(new Step(Speed.played(row.atNanos(), playedAt), bytes));
        }
        Plan plan = new Plan(
                status,
                headers,
                Speed.played(headersNanos, playedAt),
                steps,
                Speed.played(endNanos, playedAt),
                Plan.Ending.CLEAN,
                answers.endpoint().streamed());
        // From the last row to the first: what a fault puts in moves only what comes after it.
        for (int i = rows.size() - 1; i >= 0; i--) {
            for (FaultAt fault :
                    rows.get(i).faults().striking(answers.endpoint(), chance).all()) {
                plan = fault.fault().spoil(plan, i);
            }
        }
        return faults.striking(answers.endpoint(), chance).spoil(plan);
    }

    private static final byte[] NOTHING = {};
}
