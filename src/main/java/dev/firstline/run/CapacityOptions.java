package dev.firstline.run;

import static java.util.stream.Collectors.toCollection;

import dev.firstline.Misuse;
import dev.firstline.gate.capacity.SearchPlan;
import dev.firstline.gate.capacity.StepRule;
import dev.firstline.run.Settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
