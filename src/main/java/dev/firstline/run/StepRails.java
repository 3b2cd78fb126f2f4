package dev.firstline.run;

import dev.firstline.gate.capacity.Constraint;
import dev.firstline.gate.capacity.Rails;
import dev.firstline.gate.capacity.Ruling;
import dev.firstline.gate.capacity.StepRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a step ends: as soon as its batches decide it, or at once where a rail says so, see {@link Rails}. It knows
 * neither clock nor load: whoever looks says what there is to see. Not thread-safe.
 */
final class StepRails {
    private static final Logger log = LoggerFactory.getLogger(StepRails.class);

    /** A call that has just ended is on its way to the figures for so long. */
    private static final long ON_ITS_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final StepRule rule;
    private final List<Constraint> constraints;
    private final StepFigures figures;
    private final Duration hopeless;
    private final int openMax;
    private int closed;
    private int badInARow;
    private int growingInARow;

    /**
     * @param hopeless a call that has waited for longer ends the step
     * @param openMax more open sessions end the step
     */
    StepRails(StepRule rule, List<Constraint> constraints, StepFigures figures, Duration hopeless, int openMax) {
        this.rule = rule;
        this.constraints = constraints;
        this.figures = figures;
        this.hopeless = hopeless;
        this.openMax = openMax;
    }

    /**
     * What there is to see.
     *
     * @param atNanos now, counted from when measuring began
     * @param oldestDueNanos when the oldest call in flight was due, counted likewise; very late where none is
     */
    record Look(long atNanos, long oldestDueNanos, long openSessions, int inFlight) {}

    /**
     * The end of a step.
     *
     * @param atOnce whether calls in flight are not waited for
     */
    record Stop(String why, boolean atOnce) {}

    /** How many batches are closed: all calls that were due in them have ended. */
    int closed() {
        return closed;
    }

    /** Whether the step ends now. To be asked several times a batch, and never again once it has. */
    Optional<Stop> look(Look look) {
        figures.sample(look.atNanos(), look.openSessions(), look.inFlight());
        if (look.atNanos() - look.oldestDueNanos() > hopeless.toNanos()) {
            return atOnce("a call has waited for more than " + hopeless.toMillis() + " ms");
        }
        if (look.openSessions() > openMax) {
            return atOnce(look.openSessions() + " sessions are open, the target's cap is " + openMax);
        }
        long allOverNanos = Math.min(look.oldestDueNanos(), look.atNanos() - ON_ITS_WAY_NANOS);
        Optional<Stop> stop = Optional.empty();
        while (stop.isEmpty()
                && closed < rule.batches(rule.most())
                && (closed + 1) * rule.batch().toNanos() <= allOverNanos) {
            stop = closeBatch();
        }
        return stop;
    }

    private Optional<Stop> closeBatch() {
        closed++;
        Optional<Stop> rail = rail(closed - 1);
        Ruling ruling = rule.decide(constraints, figures.batches(closed), false);
        log.info("event=batch number={} state={} why=\"{}\"", closed, ruling.state(), ruling.why());
        if (rail.isPresent() || ruling.state() == Ruling.State.OPEN) {
            return rail;
        }
        return Optional.of(new Stop(ruling.why(), false));
    }

    private Optional<Stop> rail(int batch) {
        boolean bad = figures.worstShare(batch) > Rails.BAD_BATCH;
        badInARow = bad ? badInARow + 1 : 0;
        if (badInARow >= Rails.BAD_BATCHES) {
            return atOnce("more than half of the calls were bad in " + badInARow + " batches in a row");
        }
        if (figures.refused(batch) >= Rails.REFUSED_MIN && figures.refusedShare(batch) > Rails.REFUSED) {
            return atOnce(figures.refused(batch) + " calls were refused in one batch (no connection, 429, 5xx)");
        }
        boolean broken = figures.worstLoad(batch) > 1;
        boolean growing = broken && batch + 1 >= Rails.GROWING_BATCHES && Rails.grows(figures.inFlight(batch));
        growingInARow = growing ? growingInARow + 1 : 0;
        return growingInARow >= Rails.GROWING_BATCHES ? atOnce("more and more calls are in flight") : Optional.empty();
    }

    private static Optional<Stop> atOnce(String why) {
        return Optional.of(new Stop(why, true));
    }
}
