package dev.firstline.run;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.journey.Ledger;
import dev.firstline.stats.Shares;
import dev.firstline.stats.TurnLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with the shares of a load, each said of the injector that it is about: a run of which a part is
 * missing, was lost, or began late is not the run that was asked for. A pure function of what was found.
 */
final class MergeReasons {
    /** How long after the agreed time a schedule may begin. */
    static final double LATE_MS_MAX = 250;

    /** How far below its mean a random count may be: by chance alone once in 700 times. */
    private static final double SIGMAS = 3;

    /** A schedule of n journeys ends earlier than 10/n before its time once in 20,000 times. */
    private static final double EARLY = 10;

    private final Shares shares;
    private final double achievedMin;
    private final Duration settle;
    private final Duration duration;

    /**
     * @param shares those that are here; all of them have been {@link Shares.Part#seen() seen}
     * @param achievedMin which share of its journeys an injector must have begun
     * @param scenario the load, as the fingerprint tells it
     */
    MergeReasons(Shares shares, double achievedMin, Map<String, String> scenario) {
        this.shares = shares;
        this.achievedMin = achievedMin;
        this.settle = duration(scenario, "settle");
        this.duration = scenario.containsKey("duration") ? duration(scenario, "duration") : duration(scenario, "over");
    }

    private static Duration duration(Map<String, String> scenario, String name) {
        String text = scenario.get(name);
        return text == null ? Duration.ZERO : Duration.parse(text);
    }

    /** All of them, by injector. */
    List<Reason> reasons(List<LedgerNames.Clash> clashes) {
        List<Reason> reasons = new ArrayList<>();
        for (int i = 0; i < shares.injectors(); i++) {
            int injector = i;
            Optional<Shares.Part> here = shares.parts().stream()
                    .filter(part -> part.injector() == injector)
                    .findFirst();
            here.ifPresentOrElse(part -> tell(part, reasons), () -> reasons.add(missing(injector)));
        }
        for (LedgerNames.Clash clash : clashes) {
            reasons.add(Reason.noVerdict(
                    "injectors %d and %d have %d customers or sessions in common"
                            .formatted(clash.injector(), clash.other(), clash.names()),
                    "see that each was given a place of its own, and that the service's session ids are unique"));
        }
        return reasons;
    }

    private Reason missing(int injector) {
        return Reason.noVerdict(
                "injector %d of %d is missing: there is no folder of it".formatted(injector, shares.injectors()),
                "copy its folder here too; if it wrote none, see whether it was started and why it ended");
    }

    private void tell(Shares.Part part, List<Reason> reasons) {
        Shares.Seen seen = part.seen();
        if (seen == null) {
            throw new IllegalStateException("nobody looked at injector " + part.injector());
        }
        Shares.Measured measured = part.measured();
        if (measured == null) {
            reasons.add(lost(part, seen));
        }
        // When it began is known no better than injector 0's clock is known to it.
        if (part.lateMs() + part.clockWithinMs() > LATE_MS_MAX) {
            String within = part.clockWithinMs() > 1 ? ", give or take " + ms(part.clockWithinMs()) : "";
            reasons.add(Reason.noVerdict(
                    name(part) + " began " + ms(part.lateMs()) + " after the agreed time" + within,
                    "see what kept its machine busy, or give it a processor more; "
                            + "the load was not the planned one until it came"));
        }
        if (measured != null) {
            ledger(part, seen, reasons);
            shortfall(part, measured).ifPresent(reasons::add);
        }
        for (Shares.Trouble trouble : part.troubles()) {
            reasons.add(new Reason(
                    Decision.NO_VERDICT, trouble.about(), name(part) + ": " + trouble.fact(), trouble.attempt()));
        }
        if (measured != null && measured.seconds() > 0 && !seen.wholeLog()) {
            reasons.add(Reason.noVerdict(
                    name(part) + ": its " + TurnLog.NAME + " is missing or has no end",
                    "copy " + seen.folder() + " whole, then merge again"));
        }
    }

    private Reason lost(Shares.Part part, Shares.Seen seen) {
        String when = seen.seconds() == 0
                ? " was lost before a call of it was recorded: "
                : " was lost after " + Unit.SECONDS.text(seen.seconds()) + ": ";
        String began = seen.journeys() + " of " + part.planned() + " journeys began, ";
        Shares.Books ledger = seen.ledger();
        if (ledger == null) {
            return Reason.fail(
                    name(part) + when + began + "nobody knows which sessions are open, as it left no "
                            + Ledger.FILE_NAME,
                    "see why it ended: its log, its memory limit, its machine; copy " + seen.folder()
                            + " whole, then merge again");
        }
        String unanswered = ledger.unknown() == 0
                ? ""
                : ", " + counted(ledger.unknown(), "init was", "inits were") + " never answered";
        String where = ledger.open() == 0
                ? ""
                : "; the open sessions stand in " + seen.folder() + "/" + Ledger.FILE_NAME
                        + ", the next run beside it closes them";
        return Reason.fail(
                name(part) + when + began + counted(ledger.open(), "session is", "sessions are") + " still open"
                        + unanswered,
                "see why it ended: its log, its memory limit, its machine" + where);
    }

    /** The ledger is written when it happens, the figures at the end: where they differ, one of them is wrong. */
    private void ledger(Shares.Part part, Shares.Seen seen, List<Reason> reasons) {
        Shares.Books ledger = seen.ledger();
        if (ledger == null) {
            reasons.add(Reason.noVerdict(
                    name(part) + ": its " + Ledger.FILE_NAME
                            + " is missing, so nobody knows which sessions it left open",
                    "copy " + seen.folder() + " whole, then merge again"));
        } else if (ledger.opened() != seen.sessions().opened()
                || ledger.open() != seen.sessions().leaked()) {
            reasons.add(Reason.noVerdict(
                    "%s: its ledger has %d sessions opened and %d open, its figures have %d opened and %d leaked"
                            .formatted(
                                    name(part),
                                    ledger.opened(),
                                    ledger.open(),
                                    seen.sessions().opened(),
                                    seen.sessions().leaked()),
                    "see " + seen.folder() + "/" + Ledger.FILE_NAME
                            + ": what is still open there must be closed; a later run may have closed some since"));
        }
    }

    private Optional<Reason> shortfall(Shares.Part part, Shares.Measured measured) {
        boolean tooFew = measured.journeys() < achievedMin * journeysMin(part)
                || measured.health().achieved()
                        < achievedMin * measured.health().offered();
        if (!tooFew && !endedEarly(part, measured)) {
            return Optional.empty();
        }
        String planned = settle.isZero()
                ? measured.journeys() + " of " + part.planned() + " journeys began"
                : "%d journeys began after the time to settle, of %d in all"
                        .formatted(measured.journeys(), part.planned());
        return Optional.of(Reason.noVerdict(
                "%s was short: %s, its last call ended after %s of %s"
                        .formatted(
                                name(part),
                                planned,
                                Unit.SECONDS.text(measured.seconds()),
                                Unit.SECONDS.text(seconds(duration))),
                "see what held it up or cut it off, then run the whole load again"));
    }

    /** What of its plan was due when it measured: known exactly, but for a time to settle, of which no figure tells. */
    private double journeysMin(Shares.Part part) {
        double share = measuredShare();
        double spread = Math.sqrt(part.planned() * share * (1 - share));
        return Math.max(0, part.planned() * share - SIGMAS * spread);
    }

    private boolean endedEarly(Shares.Part part, Shares.Measured measured) {
        double journeys = part.planned() * measuredShare();
        return !settle.isZero() && journeys > EARLY && measured.seconds() < seconds(duration) * (1 - EARLY / journeys);
    }

    private double measuredShare() {
        return settle.isZero() ? 1 : seconds(duration) / seconds(settle.plus(duration));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** {@code injector 1 of 3 (load-20261120T180000Z)}. */
    private String name(Shares.Part part) {
        return "injector %d of %d (%s)".formatted(part.injector(), shares.injectors(), part.run());
    }

    private static String counted(long count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }

    private static String ms(double ms) {
        return Unit.MS.text(ms);
    }
}
