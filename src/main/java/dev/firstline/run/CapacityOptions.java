package dev.firstline.run;

import static java.util.stream.Collectors.toCollection;

import dev.firstline.Misuse;
import dev.firstline.gate.capacity.SearchPlan;
import dev.firstline.gate.capacity.StepRule;
import dev.firstline.journey.Arrivals;
import dev.firstline.run.Settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a user asked of a capacity search. */
final class CapacityOptions {
    private static final List<Setting> OWN = List.of(
            new Setting("slo", "NAME", "the simulation whose promises must be kept; default: load"),
            new Setting(
                    "start", "N", "journeys a second of the first step; default: 30 % of what was found last, or 1"),
            new Setting("max", "N", "journeys a second at most; the target's cap holds anyway"),
            new Setting("today", "N", "today's load: less is a FAIL"),
            new Setting("headroom", "X", "how many times today's load must be carried; default: 1"),
            new Setting("precision", "SHARE", "how far the first fail may lie above the last pass; default: 0.05"),
            new Setting("settle", "TIME", "what is not measured at a step's beginning; default: 20s"),
            new Setting("batch", "TIME", "how long a batch is; default: 10s"),
            new Setting("measure", "TIME", "how long a step is measured at least; default: 30s"),
            new Setting("step-max", "TIME", "how long a step is measured at most; default: 240s"),
            new Setting("hold", "TIME", "how long the answer is held; default: 5m"),
            new Setting("max-steps", "N", "how many steps find the answer; default: 12"),
            new Setting("max-time", "TIME", "how long the whole search may take; default: 2h"),
            new Setting("max-turns", "N", "how many turns the whole search may cost; default: any number"),
            new Setting("dead-man", "FILE", "the search ends where nobody touches this file for 30 s"),
            new Setting("resume", "DIR", "goes on with the search in this folder, as it was asked for"));

    private static final Set<String> OF_EVERY_STEP = Set.of(
            "target",
            "targets",
            "seed",
            "strict",
            "http2",
            "journeys",
            "journey",
            "contracts",
            "stubs",
            "speed",
            "fault",
            "timing",
            "workers",
            "reports");

    /** Every option, in the order in which help tells them. */
    static final List<Setting> KNOWN = Stream.concat(
                    OWN.stream(), Settings.KNOWN.stream().filter(setting -> OF_EVERY_STEP.contains(setting.name())))
            .toList();

    /** From one step to the next: a process, the embedded stub, a warm-up, the last journeys' ends. */
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(12);

    /** More than that is a slip of the finger, in journeys a second. */
    private static final double RATE_MAX = 1e6;

    private static final double HEADROOM_MAX = 1e3;
    private static final double TURNS_MAX = 1e12;
    private static final Duration TIME_MAX = Duration.ofDays(7);

    private static final double START = 1;
    private static final double START_OF_LAST = 0.3;

    private final Map<String, String> values;
    private final Settings settings;

    private CapacityOptions(Map<String, String> values) {
        this.values = Map.copyOf(values);
        this.settings = Settings.unchecked(values);
    }

    /** @throws Misuse if one is unknown */
    static CapacityOptions of(Map<String, String> values) {
        Set<String> names = KNOWN.stream().map(Setting::name).collect(toCollection(TreeSet::new));
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new Misuse("one of " + String.join(", ", names), name, "--" + name, "leave it out");
            }
        }
        return new CapacityOptions(values);
    }

    Map<String, String> values() {
        return values;
    }

    String target() {
        return settings.text("target", "stub");
    }

    String slo() {
        return settings.text("slo", "load");
    }

    Path reports() {
        return Path.of(settings.text("reports", "reports"));
    }

    @Nullable
    Path deadMan() {
        return settings.path("dead-man");
    }

    @Nullable
    Double today() {
        return values.containsKey("today") ? settings.rate("today", 1) : null;
    }

    double headroom() {
        return settings.rate("headroom", 1);
    }

    long seed() {
        return settings.seed();
    }

    /**
     * The plan of the search.
     *
     * @param cap the target's own cap on journeys a second; infinite without one
     * @param longest the target's own cap on time
     * @param last what was found last, or null
     * @throws Misuse if it cannot be carried out
     */
    SearchPlan plan(double cap, Duration longest, double turnsPerJourney, @Nullable Double last) {
        double max = Math.min(cap, settings.rate("max", Double.MAX_VALUE));
        double likely = last == null ? START : START_OF_LAST * last;
        double start = settings.rate("start", Math.min(max, likely));
        if (start > max) {
            throw new Misuse("a start of at most " + max + " journeys a second", "" + start, "--start", "start lower");
        }
        Duration asked = settings.duration("max-time", Duration.ofHours(2));
        try {
            StepRule rule = new StepRule(
                    settings.duration("settle", Duration.ofSeconds(20)),
                    settings.duration("batch", Duration.ofSeconds(10)),
                    settings.duration("measure", Duration.ofSeconds(30)),
                    settings.duration("step-max", Duration.ofSeconds(240)));
            return new SearchPlan(
                    start,
                    max,
                    settings.rate("precision", 0.05),
                    rule,
                    settings.duration("hold", Duration.ofMinutes(5)),
                    settings.count("max-steps", 12),
                    asked.compareTo(longest) < 0 ? asked : longest,
                    settings.rate("max-turns", Double.MAX_VALUE),
                    turnsPerJourney,
                    BETWEEN_STEPS);
        } catch (IllegalArgumentException e) {
            throw new Misuse(
                    "a search that can be carried out", String.valueOf(e.getMessage()), "the options", "other times");
        }
    }

    /**
     * Reads every option that the plan of the search and the look at the target do not read, so that none is met when
     * steps have been made, and holds all numbers to what can be meant.
     *
     * @throws Misuse if one is not as it must be
     */
    void refuseBad() {
        for (String rate : List.of("start", "max", "today")) {
            refuseAbove(RATE_MAX, settings.rate(rate, 1), rate);
        }
        refuseAbove(HEADROOM_MAX, headroom(), "headroom");
        refuseAbove(TURNS_MAX, settings.rate("max-turns", 1), "max-turns");
        settings.rate("precision", 1);
        settings.count("max-steps", 1);
        for (String time : List.of("settle", "batch", "measure", "step-max", "hold", "max-time")) {
            if (settings.duration(time).compareTo(TIME_MAX) > 0) {
                throw new Misuse(
                        "at most " + TIME_MAX.toHours() + "h", settings.text(time, ""), "--" + time, "a shorter time");
            }
        }
        KNOWN.stream().filter(Setting::isFlag).forEach(setting -> settings.flag(setting.name()));
        Preparation.stubOptions(settings);
        @Nullable Path stubs = settings.path("stubs");
        if (stubs != null && !Files.isDirectory(stubs)) {
            throw new Misuse("a folder in the form of stubs/", "no folder", "--stubs " + stubs, "another folder");
        }
        if (Files.exists(reports()) && !Files.isDirectory(reports())) {
            throw new Misuse("a folder for results", "a file", "--reports " + reports(), "another folder");
        }
    }

    private static void refuseAbove(double most, double value, String name) {
        if (value > most) {
            throw new Misuse("at most " + plain(most), "" + value, "--" + name, "a smaller number");
        }
    }

    /**
     * Refuses a search that is over before its first step.
     *
     * @throws Misuse if the first step has too many journeys for one plan of arrivals, lasts longer than the search may
     *     or costs more turns
     */
    static void refuseHopeless(SearchPlan plan) {
        StepRule rule = plan.rule();
        Duration longest = rule.settle().plus(rule.most().compareTo(plan.hold()) > 0 ? rule.most() : plan.hold());
        double startMax = Arrivals.ARRIVALS_MAX / (longest.toMillis() / 1e3);
        if (plan.start() > startMax) {
            throw new Misuse(
                    "a start of at most " + (long) startMax + " journeys a second: a step of " + longest.toSeconds()
                            + " s may have " + Arrivals.ARRIVALS_MAX + " journeys",
                    "" + plan.start(),
                    "--start",
                    "start lower, or make steps and the hold shorter");
        }
        if (plan.timeMax().compareTo(plan.timeLeast()) < 0) {
            throw new Misuse(
                    "at least " + plan.timeLeast().toSeconds() + "s, which the first step takes with its settling",
                    plan.timeMax().toMillis() / 1e3 + " s",
                    "--max-time, or the target's cap on time",
                    "allow more, or settle and measure for a shorter time");
        }
        if (plan.turnsMax() < plan.turnsLeast()) {
            throw new Misuse(
                    "at least " + plain(plan.turnsLeast()) + " turns, which the first step costs",
                    plain(plan.turnsMax()),
                    "--max-turns",
                    "allow more, start lower, or settle and measure for a shorter time");
        }
    }

    /** A whole number; what is needed must not be rounded down. */
    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.0f", Math.ceil(number));
    }

    /** The settings of every step's own run. */
    Map<String, String> ofEveryStep() {
        Map<String, String> those = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (OF_EVERY_STEP.contains(name) || name.equals("batch") || name.equals("dead-man")) {
                those.put(name, value);
            }
        });
        those.put("slo", slo());
        return those;
    }
}
