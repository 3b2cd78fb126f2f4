package dev.firstline.gate.capacity;

import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.CapacityResult.Knee;
import dev.firstline.gate.CapacityResult.Phase;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.gate.capacity.Next.Why;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a search comes to: a pure function of its plan and its steps. */
public final class Answer {
    /** A failure so much beyond what is allowed, right above a rate with room to spare, is a cliff. */
    private static final double CLIFF_FROM = 4;

    private static final double CLIFF_BELOW = 0.4;
    private static final double CLIFF_WIDTH = 1.1;

    /** Little's law and the sessions that were counted should not differ by more. */
    private static final double LITTLE_OFF = 0.1;

    private final SearchPlan plan;
    private final List<StepResult> log;
    private final Asked asked;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Answer(SearchPlan plan, List<StepResult> log, Asked asked) {
        this.plan = plan;
        this.log = log;
        this.asked = asked;
    }

    /**
     * What a search was asked for.
     *
     * @param run the search's name
     * @param target the target's name
     * @param slo the simulation whose promises were held to
     * @param today the load of today in journeys a second, or null where nobody said
     * @param headroom how many times today's load must be carried
     */
    public record Asked(
            String run, String target, String slo, @Nullable Double today, double headroom) {}

    /**
     * The answer of a search that ended so.
     *
     * @param stopped what ended it from outside, if anything did: an interrupted search has no verdict
     */
    public static CapacityResult of(SearchPlan plan, List<StepResult> log, Asked asked, Optional<Reason> stopped) {
        Answer answer = new Answer(plan, log, asked);
        stopped.ifPresent(answer.reasons::add);
        return answer.result(stopped.isPresent());
    }

    private CapacityResult result(boolean stopped) {
        @Nullable Why why = Search.next(plan, log) instanceof Next.End end ? end.why() : null;
        @Nullable Knee knee = knee();
        if (why != null) {
            tell(why);
        } else if (!stopped) {
            throw new IllegalArgumentException("the search is not over");
        }
        compareWithToday(knee);
        Decision decision = reasons.stream().map(Reason::decision).reduce(Decision.PASS, Decision::orWorse);
        reasons.sort(Comparator.comparing(Reason::decision));
        return new CapacityResult(
                CapacityResult.VERSION,
                decision,
                asked.run(),
                asked.target(),
                asked.slo(),
                log.stream().map(StepResult::step).toList(),
                knee,
                reasons,
                notes,
                asked.today() == null ? null : asked.today() * asked.headroom());
    }

    private void tell(Why why) {
        switch (why) {
            case HELD -> {
                double fail = Search.firstFail(plan, log);
                double pass = Search.lastPass(plan, log);
                if (fail / pass > 1 + plan.precision()) {
                    notes.add("the steps or the time were used up before the precision was reached: "
                            + between(pass, fail));
                }
            }
            case HELD_AT_THE_CAP ->
                notes.add("at least: " + Shares.rate(plan.max())
                        + " journeys/s is the most that may be offered, and it was carried");
            case NOTHING_PASSES ->
                fail(
                        "not even " + Shares.rate(lowestFail()) + " journeys/s are carried: "
                                + log.get(log.size() - 1).why(),
                        "see the report of that step, and run smoke first");
            case WOULD_NOT_HOLD ->
                doubt(
                        "steps passed at " + Shares.rate(Search.lastPass(plan, log)) + " journeys/s, but none of "
                                + SearchPlan.HOLDS_MAX + " holds down to " + Shares.rate(lowestHold())
                                + " did: it gets worse with time, or with the load before it",
                        "run soak at that rate, and see what grows");
            case CONTRADICTS_ITSELF ->
                doubt(
                        "rates passed above others that failed, more than once: something else decides",
                        "see that nobody else uses the target and that it does not scale by itself");
            case GENERATOR_ILL ->
                doubt(
                        "the generator was ill twice at " + Shares.rate(last().rate()) + " journeys/s: " + last().why(),
                        "give the generator more processors, or set --max below that");
            case LEAKED ->
                fail(
                        last().leaked() + " sessions could not be closed after the step at "
                                + Shares.rate(last().rate()) + " journeys/s",
                        "see in the step's ledger.jsonl which, and why their closes failed");
            case TIME, TURNS ->
                doubt(
                        "the " + (why == Why.TIME ? "time" : "turns") + " the search may "
                                + (why == Why.TIME ? "take" : "cost") + " ended it: "
                                + between(Search.lastPass(plan, log), Search.firstFail(plan, log)),
                        why == Why.TIME ? "allow more with --max-time" : "allow more with --max-turns");
        }
        noteIllSteps();
    }

    private void noteIllSteps() {
        log.stream()
                .filter(step -> step.state() == State.VOID)
                .forEach(step -> notes.add("step " + step.number() + " at " + Shares.rate(step.rate())
                        + " journeys/s counts for nothing: " + step.why()));
    }

    private void compareWithToday(@Nullable Knee knee) {
        Double today = asked.today();
        if (today == null) {
            return;
        }
        double wanted = today * asked.headroom();
        String load = Shares.rate(wanted) + " journeys/s"
                + (asked.headroom() == 1
                        ? ", the load of today,"
                        : ", " + asked.headroom() + " times the load of today,");
        if (knee != null && knee.heldSeconds() > 0) {
            if (knee.rate() < wanted) {
                fail(
                        load + " are not carried: " + Shares.rate(knee.rate()) + " are",
                        "add capacity before the release");
            }
        } else if (Search.firstFail(plan, log) <= wanted) {
            fail(load + " are not carried: " + Shares.rate(Search.firstFail(plan, log)) + " failed", "add capacity");
        }
    }

    private @Nullable Knee knee() {
        double pass = Search.lastPass(plan, log);
        if (pass == 0) {
            return null;
        }
        Optional<StepResult> held = log.stream()
                .filter(step -> step.phase() == Phase.HOLD && step.state() == State.PASSED)
                .reduce((a, b) -> b);
        StepResult at = held.orElseGet(() -> log.stream()
                .filter(step -> step.state() == State.PASSED && step.rate() == pass)
                .reduce((a, b) -> b)
                .orElseThrow());
        Optional<StepResult> beyond = log.stream()
                .filter(step -> step.state() == State.FAILED && step.rate() > at.rate())
                .min(Comparator.comparingDouble(StepResult::rate));
        double[] interval = Interval.around(at.rate(), plan.precision(), log);
        double concurrency = at.rate() * at.sessionS();
        noteConcurrency(at, concurrency);
        Double today = asked.today();
        return new Knee(
                at.rate(),
                interval[0],
                interval[1],
                at.rate(),
                beyond.map(StepResult::rate).orElse(null),
                beyond.map(step -> step.binding() == null ? step.why() : step.binding())
                        .orElse(null),
                beyond.isPresent() && isCliff(at, beyond.get()),
                held.isPresent() ? at.seconds() : 0,
                at.turnsPerS(),
                concurrency,
                today,
                today == null ? null : at.rate() / today,
                UslFit.of(log).orElse(null));
    }

    private static boolean isCliff(StepResult below, StepResult beyond) {
        return below.load() <= CLIFF_BELOW
                && beyond.rate() <= below.rate() * CLIFF_WIDTH
                && (beyond.aborted() || beyond.load() >= CLIFF_FROM);
    }

    private void noteConcurrency(StepResult at, double concurrency) {
        double counted = at.openSessions();
        if (concurrency > 0 && Math.abs(counted - concurrency) > LITTLE_OFF * Math.max(counted, concurrency)) {
            notes.add(String.format(
                    Locale.ROOT,
                    "by Little's law %.1f sessions are open at %s journeys/s, and %.1f were counted",
                    concurrency,
                    Shares.rate(at.rate()),
                    counted));
        }
    }

    private String between(double pass, double fail) {
        String passed = pass == 0 ? "no rate passed" : Shares.rate(pass) + " journeys/s passed";
        return passed + (Double.isInfinite(fail) ? ", none failed" : ", " + Shares.rate(fail) + " failed");
    }

    private double lowestFail() {
        return log.stream()
                .filter(step -> step.state() == State.FAILED)
                .mapToDouble(StepResult::rate)
                .min()
                .orElseThrow();
    }

    private double lowestHold() {
        return log.stream()
                .filter(step -> step.phase() == Phase.HOLD)
                .mapToDouble(StepResult::rate)
                .min()
                .orElseThrow();
    }

    private StepResult last() {
        return log.get(log.size() - 1);
    }

    private void fail(String fact, String attempt) {
        reasons.add(Reason.fail(fact, attempt));
    }

    private void doubt(String fact, String attempt) {
        reasons.add(Reason.noVerdict(fact, attempt));
    }
}
