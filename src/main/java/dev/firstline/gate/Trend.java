package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the figures of accepted runs went on over time, and where they changed: what no comparison of a few runs can see,
 * such as two percent a week.
 *
 * @param simulation the simulation of all of these runs
 * @param target the target of all of these runs
 * @param fingerprint what they share
 * @param runs their names, in the order in which they ran
 * @param started when each of them ran, in ISO 8601
 * @param cut the last run from which the baseline was begun anew, or null
 * @param figures one for each figure
 * @param notes what is worth saying
 */
public record Trend(
        String simulation,
        String target,
        Map<String, String> fingerprint,
        List<String> runs,
        List<String> started,
        @Nullable String cut,
        List<Line> figures,
        List<String> notes) {

    /**
     * One figure over time.
     *
     * @param figure which one: {@code ttfl p95}
     * @param eachMs of each run in their order, null where it cannot be told
     * @param points where it changed
     */
    public record Line(
            String figure, @JsonProperty("each_ms") List<@Nullable Double> eachMs, List<Point> points) {}

    /**
     * A change that lasted.
     *
     * @param run the first run after it
     * @param started when that ran, in ISO 8601
     * @param beforeMs the geometric mean of the level before it, in milliseconds
     * @param afterMs the geometric mean of the level after it, in milliseconds
     * @param ratio after over before
     * @param p how likely such a difference is where nothing changed
     */
    public record Point(
            String run,
            String started,
            @JsonProperty("before_ms") double beforeMs,
            @JsonProperty("after_ms") double afterMs,
            double ratio,
            double p) {}

    /**
     * The trend of one fingerprint's accepted runs.
     *
     * @param accepted at least one, in any order
     */
    public static Trend of(List<Accepted> accepted) {
        List<Accepted> inOrder = accepted.stream().sorted(Accepted.BY_TIME).toList();
        List<RunSummary> runs = inOrder.stream().map(Accepted::summary).toList();
        List<Line> lines = Figure.ALL.stream().map(figure -> line(figure, runs)).toList();
        String cut = inOrder.stream()
                .filter(Accepted::cut)
                .reduce((first, second) -> second)
                .map(one -> one.summary().run())
                .orElse(null);
        RunSummary first = runs.get(0);
        List<String> names = runs.stream().map(RunSummary::run).toList();
        return new Trend(
                first.simulation(),
                first.target(),
                first.fingerprint(),
                names,
                runs.stream().map(RunSummary::started).toList(),
                cut,
                lines,
                notes(lines, names, cut));
    }

    private static Line line(Figure figure, List<RunSummary> runs) {
        List<@Nullable Double> eachMs = new ArrayList<>();
        List<RunSummary> told = new ArrayList<>();
        for (RunSummary run : runs) {
            @Nullable Double ms = figure.ms(run);
            eachMs.add(ms);
            if (ms != null) {
                told.add(run);
            }
        }
        List<Point> points = ChangePoints.of(Logs.of(eachMs).values()).stream()
                .map(found -> new Point(
                        told.get(found.index()).run(),
                        told.get(found.index()).started(),
                        Percent.rounded(Math.exp(found.before())),
                        Percent.rounded(Math.exp(found.after())),
                        Percent.rounded(found.ratio()),
                        found.p()))
                .toList();
        return new Line(figure.label(), eachMs, points);
    }

    /** A baseline that holds two levels is too wide to see anything, and its mean is neither. */
    private static List<String> notes(List<Line> lines, List<String> runs, @Nullable String cut) {
        List<String> notes = new ArrayList<>();
        if (runs.size() < 2 * ChangePoints.LEVEL_RUNS_MIN) {
            notes.add("only " + runs.size() + " accepted runs: a change needs " + ChangePoints.LEVEL_RUNS_MIN
                    + " before and after it to be seen");
        }
        Optional<Point> last = lines.stream()
                .flatMap(line -> line.points().stream())
                .max(Comparator.comparing(Point::started).thenComparing(Point::run));
        last.filter(point -> cut == null || runs.indexOf(point.run()) > runs.indexOf(cut))
                .ifPresent(point -> notes.add("the baseline holds more than one level: if the change at " + point.run()
                        + " is meant, begin it anew there with gate --accept --cut --why TEXT " + point.run()));
        return notes;
    }

    /** Every change point in one line, in the order in which they ran. */
    public List<String> told() {
        return figures.stream()
                .flatMap(line -> line.points().stream().map(point -> Map.entry(line.figure(), point)))
                .sorted(Comparator.comparing(entry -> entry.getValue().started()))
                .map(entry -> told(entry.getKey(), entry.getValue()))
                .collect(Collectors.toList());
    }

    private static String told(String figure, Point point) {
        return point.started() + "  " + point.run() + "  " + figure + ": " + Bound.Unit.MS.text(point.beforeMs())
                + " to " + Bound.Unit.MS.text(point.afterMs()) + ", " + Percent.change(point.ratio());
    }
}
