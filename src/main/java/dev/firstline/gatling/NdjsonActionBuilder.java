package dev.firstline.gatling;

import dev.firstline.journey.Abandon;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import io.gatling.http.request.builder.HttpRequestBuilder;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A streamed request, as a scenario describes it. Immutable: each method returns another one. */
public final class NdjsonActionBuilder implements ActionBuilder {
    private final HttpRequestActionBuilder request;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private @Nullable Abandon abandon;
    private boolean singleAnswer;
    private int lineBytesMax = LineDecoder.LINE_BYTES_MAX;
    private @Nullable AnswerCheck check;
    private Tracker tracker = new Tracker();
    private Consumer<CallResult> sink = result -> {};
    private BiFunction<Session, Line, Session> onLine = (session, line) -> session;
    private @Nullable ToLongFunction<Session> due;

    NdjsonActionBuilder(HttpRequestActionBuilder request) {
        this.request = request;
    }

    /** How long the server may take until its first line. */
    public NdjsonActionBuilder firstLineTimeout(Duration timeout) {
        return timeouts(new Timeouts(timeout, timeouts.stall(), timeouts.overall()));
    }

    /** How long it may take from one line to the next. */
    public NdjsonActionBuilder stallTimeout(Duration timeout) {
        return timeouts(new Timeouts(timeouts.firstLine(), timeout, timeouts.overall()));
    }

    /** How long the whole answer may take. */
    public NdjsonActionBuilder overallTimeout(Duration timeout) {
        return timeouts(new Timeouts(timeouts.firstLine(), timeouts.stall(), timeout));
    }

    /** All three. */
    public NdjsonActionBuilder timeouts(Timeouts all) {
        return with(copy -> copy.timeouts = all);
    }

    /** Walks away after so many lines that are not blank, on purpose: the outcome is {@code abandoned}. */
    public NdjsonActionBuilder cancelAfterLines(int lines) {
        return with(copy -> copy.abandon = new Abandon.AfterLines(lines));
    }

    /** Walks away when so much time has passed since the request was sent. */
    public NdjsonActionBuilder cancelAfter(Duration wait) {
        return with(copy -> copy.abandon = new Abandon.AfterTime(wait));
    }

    /** Says that the answer is one JSON object, which may be spread over lines, and no stream. */
    public NdjsonActionBuilder singleAnswer() {
        return with(copy -> copy.singleAnswer = true);
    }

    /** The bound on a line, in bytes; a longer one is a {@code malformed_line}. */
    public NdjsonActionBuilder lineBytesMax(int bytes) {
        return with(copy -> copy.lineBytesMax = bytes);
    }

    /** Holds each answer against a contract, off the clock, before the virtual user goes on. */
    public NdjsonActionBuilder check(AnswerCheck contract) {
        return with(copy -> copy.check = contract);
    }

    /** Takes each line that is not blank as it comes, on the event loop; the session it returns is the user's. */
    public NdjsonActionBuilder onLine(BiFunction<Session, Line, Session> callback) {
        return with(copy -> copy.onLine = callback);
    }

    /** Takes the one result of each call, on the event loop, before the virtual user goes on. */
    public NdjsonActionBuilder onResult(Consumer<CallResult> results) {
        return with(copy -> copy.sink = results);
    }

    /** Where calls that a stopped run leaves behind are ended. */
    public NdjsonActionBuilder tracker(Tracker calls) {
        return with(copy -> copy.tracker = calls);
    }

    /** When a call was due, in nanoseconds of {@link Clock#system()}; without it, when its action was reached. */
    public NdjsonActionBuilder due(ToLongFunction<Session> dueNanos) {
        return with(copy -> copy.due = dueNanos);
    }

    @Override
    public io.gatling.core.action.builder.ActionBuilder asScala() {
        CallPlan plan =
                new CallPlan(timeouts, abandon, singleAnswer, lineBytesMax, check, tracker, null, sink, Clock.system());
        return action(request, plan, session -> new PlainScript(session, singleAnswer, onLine, due));
    }

    /** The action of calls whose plan and scripts are made elsewhere. */
    static io.gatling.core.action.builder.ActionBuilder action(
            HttpRequestActionBuilder request, CallPlan plan, Function<Session, CallScript> scripts) {
        // Zero is no timeout: the watchdog's are the only ones.
        HttpRequestBuilder builder =
                (HttpRequestBuilder) request.requestTimeout(Duration.ZERO).asScala();
        return (context, next) -> NdjsonAction.of(context, next, builder, plan, scripts);
    }

    private NdjsonActionBuilder with(Consumer<NdjsonActionBuilder> change) {
        NdjsonActionBuilder copy = new NdjsonActionBuilder(request);
        copy.timeouts = timeouts;
        copy.abandon = abandon;
        copy.singleAnswer = singleAnswer;
        copy.lineBytesMax = lineBytesMax;
        copy.check = check;
        copy.tracker = tracker;
        copy.sink = sink;
        copy.onLine = onLine;
        copy.due = due;
        change.accept(copy);
        return copy;
    }
}
