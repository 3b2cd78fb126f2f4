package dev.firstline.gatling;

import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.Line;
import io.gatling.javaapi.core.Session;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A call of a scenario that knows of no journey: its number is the virtual user's. */
final class PlainScript implements CallScript {
    private final Session session;
    private final boolean singleAnswer;
    private final BiFunction<Session, Line, Session> onLine;
    private final @Nullable ToLongFunction<Session> due;

    PlainScript(
            Session session,
            boolean singleAnswer,
            BiFunction<Session, Line, Session> onLine,
            @Nullable ToLongFunction<Session> due) {
        this.session = session;
        this.singleAnswer = singleAnswer;
        this.onLine = onLine;
        this.due = due;
    }

    @Override
    public CallKind kind() {
        return singleAnswer ? CallKind.INVOKE_SYNC : CallKind.INVOKE;
    }

    @Override
    public String journey() {
        return session.scenario();
    }

    @Override
    public long number() {
        return session.userId();
    }

    @Override
    public int turn() {
        return 1;
    }

    @Override
    public @Nullable String sessionId() {
        return null;
    }

    @Override
    public String sessionHash() {
        return "";
    }

    @Override
    public long dueNanos(long startNanos) {
        return due == null ? startNanos : Math.min(startNanos, due.applyAsLong(session));
    }

    @Override
    public Optional<String> unsendable() {
        return Optional.empty();
    }

    @Override
    public Session line(Session current, Line line, Envelope envelope) {
        return onLine.apply(current, line);
    }

    @Override
    public Optional<String> unmet() {
        return Optional.empty();
    }

    @Override
    public Session ended(Session current, CallResult result, boolean written) {
        return current;
    }
}
