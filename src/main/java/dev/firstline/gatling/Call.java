package dev.firstline.gatling;

import dev.firstline.journey.Abandon;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RuleHit;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.Line;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.Status;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.http.engine.response.NextExecutor;
import io.gatling.http.engine.tx.HttpTx;
import io.gatling.http.response.Response;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from the moment its action is reached to its one {@link CallResult}, across redirects and retries.
 *
 * <p>Everything happens on the user's event loop, but for {@link #abandonedByTheRun()}, which may come from elsewhere
 * once the loops are gone: which of the two delivers is decided by one flag.
 */
final class Call implements NextExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final CallPlan plan;
    private final CallScript script;
    private final GatlingReport report;
    private final Action next;
    private final String name;
    private final Consumer<HttpTx> resend;
    private final EventLoop eventLoop;
    private final Watchdog watchdog;
    private final AtomicBoolean delivered = new AtomicBoolean();
    private final CallCheck check;

    private Session session;
    private StreamReading reading;
    private @Nullable Exchange exchange;
    private final long dueNanos;
    private long sentNanos = CallTiming.NEVER;
    private long sentMillis;
    private long endNanos;
    private long firstLineLateNanos = CallTiming.NEVER;
    private boolean written;
    private boolean over;
    private Outcome outcome = Outcome.OK;
    private Optional<String> misstep = Optional.empty();

    long dueNanos() {
        return dueNanos;
    }

    /** @param resend sends a redirected request as a further exchange of this call */
    Call(
            CallPlan plan,
            CallScript script,
            GatlingReport report,
            Session session,
            Action next,
            String name,
            BiConsumer<Call, HttpTx> resend) {
        this.plan = plan;
        this.script = script;
        this.report = report;
        this.session = session;
        this.next = next;
        this.name = name;
        this.resend = tx -> resend.accept(this, tx);
        this.eventLoop = session.eventLoop();
        this.watchdog = new Watchdog(eventLoop, plan.clock(), this::deadlineNanos, this::missed);
        this.check = new CallCheck(plan.check());
        this.reading = newReading();
        this.dueNanos = script.dueNanos(plan.clock().nanoTime());
        plan.tracker().began(this);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** Whether its fate is known; nothing that comes after that matters. */
    boolean isOver() {
        return over;
    }

    /** The request cannot be built. */
    void unsendable(Outcome fate, String why) {
        if (!over) {
            over = true;
            outcome = fate;
            endNanos = Math.max(plan.clock().nanoTime(), dueNanos);
            long nowMillis = report.nowMillis();
            report.entry(session, name, nowMillis, 0, fate, message(why));
            logLines(message(why), nowMillis - GatlingReport.millis(endNanos - dueNanos), nowMillis);
            deliver(session.markAsFailed());
        }
    }

    void begin(Exchange first) {
        exchange = first;
    }

    void sent(long nowNanos) {
        if (sentNanos == CallTiming.NEVER) {
            sentNanos = Math.max(nowNanos, dueNanos);
            sentMillis = report.nowMillis();
            watchdog.start(nowNanos);
        }
    }

    void written() {
        written = true;
    }

    void headers(Exchange from, int status, long nowNanos) {
        if (!over && !from.redirects()) {
            reading.headers(status, nowNanos);
        }
    }

    void bytes(ByteBuffer chunk, long nowNanos) {
        if (exchange == null || exchange.redirects() || over) {
            return;
        }
        boolean readable = reading.bytes(chunk, nowNanos);
        if (firstLineLateNanos == CallTiming.NEVER && reading.came() > 0) {
            LoopDelays delays = plan.loopDelays();
            firstLineLateNanos = delays == null ? 0 : delays.lateNanos(eventLoop, nowNanos);
        }
        if (!readable) {
            end(reading.soFar(), reading.facts(), nowNanos);
            abort();
        } else if (plan.abandon() instanceof Abandon.AfterLines after && reading.lines() >= after.lines()) {
            end(reading.soFar().orWorse(Outcome.ABANDONED), reading.facts(), nowNanos);
            abort();
        }
    }

    /** The body ended cleanly. */
    void ended(Exchange from, long nowNanos) {
        if (over) {
            return;
        }
        if (from.redirects()) {
            // Gatling follows it or gives it up, and then it was an answer of that status.
            Response response = from.response(sentMillis, Math.max(sentMillis, report.nowMillis()));
            outcome = Outcome.httpError(response.status().code(), "");
            endNanos = nowNanos;
            try {
                report.answered(from.tx(), session, response, this);
            } finally {
                from.release();
            }
        } else {
            end(reading.end(nowNanos), reading.facts(), nowNanos);
        }
    }

    /** The connection or the stream broke, in a way of this kind. */
    void broken(String kind, long nowNanos) {
        if (over) {
            return;
        }
        if (reading.status() == 0) {
            // The kind of failure only: its text names ports, and each would be another line in Gatling's table.
            end(Outcome.of(Outcome.Kind.CONNECT_FAILED), kind, nowNanos);
        } else {
            end(reading.cut(), "the connection broke in mid-stream", nowNanos);
        }
    }

    /** The run is over and the call is not. Any thread, once; what the loop does meanwhile is lost. */
    void abandonedByTheRun() {
        if (!over) {
            over = true;
            outcome = Outcome.ABANDONED;
            endNanos = Math.max(plan.clock().nanoTime(), Math.max(sentNanos, dueNanos));
            watchdog.cancel();
        }
        handOver();
    }

    private long deadlineNanos() {
        return new Deadlines(plan, sentNanos, reading).nextNanos();
    }

    private void missed(long nowNanos) {
        if (!over) {
            Deadlines.Missed missed = new Deadlines(plan, sentNanos, reading).missed(written);
            end(reading.soFar().orWorse(missed.outcome()), missed.facts(), nowNanos);
            abort();
        }
    }

    private void abort() {
        if (exchange != null) {
            exchange.abort();
        }
    }

    private StreamReading newReading() {
        return new StreamReading(plan.singleAnswer(), check.wantsLines(), plan.lineBytesMax(), this::line);
    }

    private void line(Line line, Envelope envelope) {
        if (misstep.isPresent()) {
            return;
        }
        try {
            session = script.line(new io.gatling.javaapi.core.Session(session), line, envelope)
                    .asScala();
        } catch (Exception | AssertionError e) {
            // An Error that left a callback would end the whole process.
            LOG.warn("a line callback of {} failed", name, e);
            misstep = Optional.of("a line callback threw " + e.getClass().getSimpleName());
        }
        if (plan.abandon() instanceof Abandon.AfterLines after && reading.lines() >= after.lines()) {
            reading.stop();
        }
    }

    /** Its fate is known but for what the journey expected and what the contract says. */
    private void end(Outcome fate, String facts, long nowNanos) {
        if (over) {
            return;
        }
        over = true;
        watchdog.cancel();
        endNanos = Math.max(nowNanos, sentNanos);
        Optional<String> unmet = misstep;
        if (unmet.isEmpty() && !fate.isKo() && fate.kind() != Outcome.Kind.ABANDONED) {
            unmet = script.unmet();
        }
        outcome = script.judged(fate, unmet);
        String why = outcome.kind() == Outcome.Kind.UNEXPECTED_ANSWER ? unmet.orElse(facts) : facts;
        if (check.concerns(reading.status())) {
            check.start(received(), eventLoop, () -> conclude(found(why)));
        } else {
            conclude(why);
        }
    }

    private AnswerCheck.Received received() {
        return new AnswerCheck.Received(
                new AnswerCheck.Asked(
                        script.kind(), script.journey(), script.number(), script.turn(), script.sessionId()),
                reading.status(),
                exchange == null ? null : exchange.contentType(),
                reading.kept(),
                reading.outgrown(),
                reading.unkept(),
                reading.answerEnd(sentNanos, endNanos, Math.max(0, firstLineLateNanos)));
    }

    private String found(String why) {
        Optional<RuleHit> broken = check.violation();
        if (broken.isPresent() && Outcome.Kind.CONTRACT_VIOLATION.compareTo(outcome.kind()) < 0) {
            outcome = Outcome.of(Outcome.Kind.CONTRACT_VIOLATION);
            return broken.get().rule();
        }
        return why;
    }

    /** Tells Gatling; it comes back through one of the three methods of {@link NextExecutor}. */
    private void conclude(String facts) {
        Exchange from = exchange;
        if (from == null) {
            return;
        }
        if (delivered.get()) {
            from.release();
            return;
        }
        long endMillis = sentMillis + GatlingReport.millis(endNanos - sentNanos);
        boolean silent = from.tx().silent();
        if (!silent) {
            logLines(message(facts), sentMillis - GatlingReport.millis(sentNanos - dueNanos), sentMillis);
        }
        try {
            if (outcome.isKo()) {
                report.failed(from, session, sentMillis, endMillis, message(facts), this);
            } else if (outcome.kind() == Outcome.Kind.ABANDONED) {
                if (!silent) {
                    report.entry(session, name, sentMillis, endNanos - sentNanos, outcome, "");
                }
                deliver(session.logGroupRequestTimings(sentMillis, endMillis));
            } else {
                report.answered(from.tx(), session, from.response(sentMillis, endMillis), this);
            }
        } finally {
            from.release();
        }
    }

    /** A first line counts from when the call was due; one that never came is the time waited for it. */
    private void logLines(String message, long dueMillis, long startMillis) {
        if (plan.singleAnswer()) {
            return;
        }
        LineTimes lines = reading.times();
        if (lines.count() > 0) {
            report.entry(session, name + " · first line", dueMillis, lines.nanosAt(0) - dueNanos, Outcome.OK, "");
        } else if (outcome.isKo()) {
            report.entry(session, name + " · first line", dueMillis, endNanos - dueNanos, outcome, message);
        }
        if (lines.count() > 1) {
            report.entry(session, name + " · longest gap", startMillis, lines.gapNanosMax(), Outcome.OK, "");
        }
    }

    private String message(String facts) {
        return facts.isEmpty() ? outcome.label() : outcome.label() + ": " + facts;
    }

    @Override
    public void executeNext(Session checked, Status status, Response response) {
        if (status == KO$.MODULE$ && !outcome.isKo()) {
            // A check of the scenario's own failed, and Gatling has logged it so.
            outcome = outcome.orWorse(Outcome.of(Outcome.Kind.UNEXPECTED_ANSWER));
        }
        deliver(checked);
    }

    @Override
    public void executeNextOnCrash(Session crashed) {
        if (!outcome.isKo()) {
            outcome = outcome.orWorse(Outcome.of(Outcome.Kind.UNEXPECTED_ANSWER));
        }
        deliver(crashed);
    }

    @Override
    public void executeFollowUp(HttpTx tx) {
        outcome = Outcome.OK;
        session = tx.session();
        reading = newReading();
        firstLineLateNanos = CallTiming.NEVER;
        resend.accept(tx);
    }

    private void deliver(Session finished) {
        over = true;
        watchdog.cancel();
        session = finished;
        if (handOver()) {
            next.$bang(session);
        }
    }

    /** Hands the one result to whoever counts it; false if that has happened before. */
    private boolean handOver() {
        if (!delivered.compareAndSet(false, true)) {
            return false;
        }
        plan.tracker().over(this);
        CallResult result = new CallResult(
                script.kind(),
                script.journey(),
                script.number(),
                script.turn(),
                script.sessionHash(),
                new CallTiming(
                        dueNanos,
                        sentNanos,
                        reading.headersNanos(),
                        reading.firstByteNanos(),
                        reading.firstContentNanos(),
                        reading.times(),
                        endNanos),
                outcome,
                reading.kinds(),
                reading.firstContent(),
                check.linesChecked(),
                check.linesUnchecked(reading.came()),
                check.findings());
        try {
            session = script.ended(new io.gatling.javaapi.core.Session(session), result, written)
                    .asScala();
            plan.sink().accept(result);
        } catch (RuntimeException e) {
            // Whoever counts results has failed; the virtual user must go on.
            LOG.error("a result of {} was lost", name, e);
        }
        return true;
    }
}
