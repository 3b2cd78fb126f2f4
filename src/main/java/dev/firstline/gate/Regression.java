package dev.firstline.gate;

import dev.firstline.gate.Comparison.Row;
import dev.firstline.gate.Comparison.Rule;
import dev.firstline.gate.Comparison.State;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether runs are slower than others. A pure function of summaries: the run is what is repeated, never the turn.
 *
 * <ol>
 *   <li>What cannot be compared is NO VERDICT; a run that fails by itself stays a FAIL.
 *   <li>Against {@value #ACCEPTED_MIN} accepted runs or more: the mean of the candidates against {@link Prediction}'s
 *       limit, one-sided, at {@value #ALPHA} for all figures together by {@link Holm}, and beyond the
 *       {@link Tolerance}.
 *   <li>As a screen, one candidate against the limit at {@value #SCREEN_ALPHA}: beyond it, two more runs are asked for.
 *   <li>Against runs of another build: {@link Rearrangements}, at {@value #ALPHA}.
 * </ol>
 */
public final class Regression {
    /** The fewest accepted runs that tell how runs differ where nothing changed. */
    public static final int ACCEPTED_MIN = 10;

    /** The most accepted runs that count; of more, the last ones. */
    public static final int ACCEPTED_MAX = 40;

    /** How many runs confirm what a screen has seen, the first one among them. */
    static final int CONFIRMING = 3;

    static final double ALPHA = 0.005;
    static final double SCREEN_ALPHA = 0.05;

    /** A gate that would miss this is told that it is half blind. */
    private static final double BLIND = 0.25;

    private static final Tolerance NO_FLOOR = new Tolerance(1, 0);

    private final List<Judged> candidates;
    private final List<RunSummary> runs;
    private final List<RunSummary> accepted;
    private final Tolerance tolerance;
    private final Rule rule;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Regression(List<Judged> candidates, List<RunSummary> accepted, Tolerance tolerance, Rule rule) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare");
        }
        this.candidates = candidates;
        this.runs = candidates.stream().map(Judged::run).toList();
        this.accepted = accepted;
        this.tolerance = tolerance;
        this.rule = rule;
    }

    /**
     * Candidates against accepted runs.
     *
     * @param accepted since the last cut, in the order in which they ran; of more than {@value #ACCEPTED_MAX} the last
     *     count, and a candidate that is among them is left out of them
     * @param screen whether one candidate may pass alone; of several it changes nothing
     */
    public static Comparison againstAccepted(
            List<Judged> candidates, List<RunSummary> accepted, Tolerance tolerance, boolean screen) {
        Set<String> names =
                candidates.stream().map(candidate -> candidate.run().run()).collect(Collectors.toSet());
        List<RunSummary> others =
                accepted.stream().filter(run -> !names.contains(run.run())).toList();
        List<RunSummary> last = others.subList(Math.max(0, others.size() - ACCEPTED_MAX), others.size());
        Rule rule = screen && candidates.size() == 1 ? Rule.SCREEN : Rule.PREDICTION;
        Regression regression = new Regression(candidates, last, tolerance, rule);
        if (others.size() < accepted.size()) {
            regression.notes.add("left out of the accepted runs: those that are judged now");
        }
        return regression.compare();
    }

    /** Candidates against runs of another build, which were made in turns with them. */
    public static Comparison againstRuns(List<Judged> candidates, List<Judged> others, Tolerance tolerance) {
        List<RunSummary> runs = others.stream().map(Judged::run).toList();
        Regression regression = new Regression(candidates, runs, tolerance, Rule.PERMUTATION);
        others.forEach(regression::other);
        return regression.compare();
    }

    /**
     * The first figure of a run that is no time: zero, negative or without end.
     *
     * @return {@code ttfl p95: -1.0 ms}, or nothing
     */
    public static Optional<String> impossible(RunSummary run) {
        return Figure.ALL.stream()
                .flatMap(figure -> figure.impossible(run).stream())
                .findFirst();
    }

    /** Its FAIL is none of the candidates', but what it has measured is no measure either. */
    private void other(Judged other) {
        String who = other.run().run() + ", which others are held against, ";
        if (!other.run().health().ok()) {
            doubt(
                    who + "had an ill generator: its times are void",
                    "run it again on a machine with nothing else to do");
        } else if (other.decision() != Decision.PASS) {
            String fact = other.facts().isEmpty() ? "" : ": " + other.facts().get(0);
            doubt(who + "is " + other.decision().label() + " by itself" + fact, "see its own verdict.md first");
        }
    }

    private Comparison compare() {
        reasons.addAll(Validity.reasons(candidates, accepted));
        enough();
        // The reasons of a FAIL by itself leave the times as they are.
        boolean known = reasons.stream().noneMatch(reason -> reason.decision() == Decision.NO_VERDICT);
        List<FigureTally> tallies = Figure.ALL.stream()
                .map(figure -> FigureTally.of(figure, runs, accepted))
                .toList();
        List<Row> rows = known
                ? judged(tallies)
                : tallies.stream()
                        .filter(FigureTally::isSeen)
                        .map(FigureTally::unknown)
                        .toList();
        reasons.sort(Comparator.comparing(Reason::decision).thenComparing(Reason::ofPromise));
        return new Comparison(
                Comparison.VERSION,
                reasons.stream().map(Reason::decision).reduce(Decision.PASS, Decision::orWorse),
                runs.get(0).simulation(),
                runs.get(0).target(),
                rule,
                names(runs),
                names(accepted),
                rows,
                List.copyOf(reasons),
                List.copyOf(notes));
    }

    private void enough() {
        int there = accepted.size();
        if (rule != Rule.PERMUTATION) {
            if (there < ACCEPTED_MIN) {
                doubt(
                        there + " accepted runs, of the " + ACCEPTED_MIN + " needed: " + (ACCEPTED_MIN - there)
                                + " more are missing",
                        "accept more runs with gate --accept --why TEXT RUN..., or compare two builds with --against");
            }
            return;
        }
        double ways = Rearrangements.ways(runs.size(), there);
        String sizes = runs.size() + "+" + there;
        if (1 / ways > ALPHA) {
            doubt(
                    "the smallest p that " + sizes + " runs can give is 1/" + Math.round(ways) + ", above " + ALPHA,
                    "run five of each in turns, ABBA: 5+5 can give 1/252");
        } else if (ways > Rearrangements.WAYS_MAX) {
            doubt(sizes + " runs can be dealt out in too many ways to try all", "compare twelve of each at most");
        }
        Turns.note(runs, accepted).ifPresent(notes::add);
    }

    private List<Row> judged(List<FigureTally> tallies) {
        List<FigureTally> told = tallies.stream().filter(this::told).toList();
        if (told.isEmpty()) {
            doubt("no figure could be told of all runs", "run longer: p50 needs 11 turns, p95 needs 130");
        }
        List<Found> found = told.isEmpty() ? List.of() : rule == Rule.PERMUTATION ? permuted(told) : predicted(told);
        List<Row> rows = new ArrayList<>();
        for (FigureTally tally : tallies) {
            int index = told.indexOf(tally);
            if (index >= 0) {
                rows.add(row(tally, found.get(index)));
            } else if (tally.isSeen()) {
                rows.add(tally.unknown());
            }
        }
        sayDetectable(rows, found);
        return rows;
    }

    /** A figure that no accepted run ever had is not compared; one that only some lack is missed. */
    private boolean told(FigureTally tally) {
        int needed = rule == Rule.PERMUTATION ? accepted.size() : ACCEPTED_MIN;
        boolean before = tally.acceptedLogs().count() >= needed;
        boolean now = tally.candidateLogs().count() == runs.size();
        String label = tally.figure().label();
        if (before && !now) {
            doubt(
                    label + ": cannot be told of every candidate: too few turns, or waited for in vain",
                    "see the candidates' own verdicts, or run longer");
        } else if (!before && tally.acceptedLogs().count() > 0) {
            doubt(
                    label + ": cannot be told of every accepted run: "
                            + tally.acceptedLogs().count() + " of " + accepted.size() + " have it",
                    "run longer, and accept those runs; or begin the baseline anew with --cut");
        } else if (!before) {
            notes.add(label + ": not compared, no accepted run has it");
        }
        return before && now;
    }

    /** What a rule has found of one figure. */
    private record Found(
            double slowerP,
            boolean slower,
            boolean faster,
            @Nullable Double limitRatio,
            double detectable,
            double detectableByNoise) {}

    private List<Found> predicted(List<FigureTally> told) {
        List<Prediction> predictions = told.stream()
                .map(tally -> new Prediction(tally.acceptedLogs(), tally.candidateLogs()))
                .toList();
        double[] slowerP = predictions.stream().mapToDouble(Prediction::slowerP).toArray();
        Holm slower = new Holm(slowerP, ALPHA);
        Holm faster =
                new Holm(predictions.stream().mapToDouble(Prediction::fasterP).toArray(), ALPHA);
        boolean screens = rule == Rule.SCREEN;
        double level = screens ? SCREEN_ALPHA : ALPHA / told.size();
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < slowerP.length; i++) {
            Prediction prediction = predictions.get(i);
            double limit = prediction.limitRatio(screens ? SCREEN_ALPHA : slower.level(i));
            found.add(new Found(
                    slowerP[i],
                    screens ? slowerP[i] <= SCREEN_ALPHA : slower.rejected(i),
                    faster.rejected(i),
                    Math.max(limit, told.get(i).slowerFrom(tolerance)),
                    prediction.detectable(level, tolerance),
                    prediction.detectable(level, NO_FLOOR)));
        }
        return found;
    }

    private List<Found> permuted(List<FigureTally> told) {
        Rearrangements ways =
                new Rearrangements(told.stream().map(FigureTally::together).toList(), runs.size());
        double[] slowerP = ways.p(1);
        double[] fasterP = ways.p(-1);
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < slowerP.length; i++) {
            Prediction both = told.get(i).bothBuilds();
            found.add(new Found(
                    slowerP[i],
                    slowerP[i] <= ALPHA,
                    fasterP[i] <= ALPHA,
                    null,
                    both.detectable(ALPHA, tolerance),
                    both.detectable(ALPHA, NO_FLOOR)));
        }
        return found;
    }

    private Row row(FigureTally tally, Found found) {
        double before = tally.acceptedLogs().ms();
        double now = tally.candidateLogs().ms();
        State state = State.SAME;
        if (found.slower() && tolerance.slower(before, now)) {
            state = rule == Rule.SCREEN ? State.UNKNOWN : State.SLOWER;
            slower(tally, found);
        } else if (found.faster() && tolerance.faster(before, now)) {
            state = State.FASTER;
            notes.add(tally.change() + ": faster");
        }
        return tally.row(
                found.limitRatio(), Double.valueOf(found.slowerP()), Double.valueOf(found.detectable()), state);
    }

    private void slower(FigureTally tally, Found found) {
        @Nullable Double limit = found.limitRatio();
        String from = limit == null ? "" : ", beyond the limit of " + Percent.change(limit);
        String fact = tally.change() + from + " (p " + Percent.p(found.slowerP()) + ")";
        if (rule == Rule.SCREEN) {
            doubt(
                    fact + ": one run cannot tell whether that is so",
                    "run it " + (CONFIRMING - 1) + " more times, and give all " + CONFIRMING + " runs to gate");
            return;
        }
        reasons.add(new Reason(
                Decision.FAIL,
                tally.figure().label(),
                fact,
                "see what changed since; if it is meant, gate --accept --cut --why TEXT with these runs"));
    }

    private void sayDetectable(List<Row> rows, List<Found> found) {
        List<Row> told = rows.stream().filter(row -> row.detectable() != null).toList();
        if (told.isEmpty()) {
            return;
        }
        notes.add("would have seen "
                + told.stream()
                        .map(row -> row.figure() + " " + Percent.change(1 + Objects.requireNonNull(row.detectable())))
                        .collect(Collectors.joining(", "))
                + " with 80 %");
        if (found.stream().allMatch(one -> one.detectableByNoise() > BLIND)) {
            notes.add("half blind: the runs differ so much among themselves that only large changes are seen; "
                    + "compare more runs, longer ones, or on a calmer machine");
        } else if (found.stream().allMatch(one -> one.detectable() > BLIND)) {
            notes.add("half blind: the floors that were asked for hide all but large changes; "
                    + "give a smaller --floor-ratio or --floor-ms");
        }
    }

    private void doubt(String fact, String attempt) {
        reasons.add(Reason.noVerdict(fact, attempt));
    }

    private static List<String> names(List<RunSummary> runs) {
        return runs.stream().map(RunSummary::run).toList();
    }
}
