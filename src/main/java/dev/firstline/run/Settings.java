package dev.firstline.run;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for, from system properties: {@code -Dfirstline.rate=5} with Maven, which the options of the
 * command line become too. The one place that reads them; whatever else begins with {@code firstline.} is refused, so
 * that a misspelt one cannot be overlooked.
 */
public final class Settings {
    /** What every property's name begins with. */
    public static final String PREFIX = "firstline.";

    /** Every setting, in the order in which help tells them. */
    public static final List<Setting> KNOWN = List.of(
            new Setting("target", "NAME", "a target of targets.yaml; default: stub"),
            new Setting("targets", "FILE", "another targets file"),
            new Setting("rate", "N", "journeys a second"),
            new Setting("peak", "N", "journeys a second at the peak of a spike"),
            new Setting("duration", "TIME", "how long journeys arrive: 90s, 5m, 2h"),
            new Setting("settle", "TIME", "how long journeys arrive before anything is measured; default: none"),
            new Setting(
                    "extend", "TIME", "how long to measure at most while a promise is undecided; default: no longer"),
            new Setting("slo", "NAME", "a step's: the simulation whose promises it must keep; default: load"),
            new Setting("batch", "TIME", "a step's: how long a batch is; default: 10s"),
            new Setting("dead-man", "FILE", "a step's: it ends where nobody touches this file for 30 s"),
            new Setting("search", "DIR", "a step's: the folder of the search that it belongs to"),
            new Setting("injectors", "N", "how many injectors share the load; default: FIRSTLINE_INJECTORS, or 1"),
            new Setting("injector", "I", "which of them this is, from 0; default: JOB_COMPLETION_INDEX"),
            new Setting(
                    "barrier", "HOST:PORT", "where they meet: injector 0 listens there; default: FIRSTLINE_BARRIER"),
            new Setting("barrier-wait", "TIME", "how long they wait there for each other; default: 5m"),
            new Setting("max-duration", "TIME", "when to cut the run off, journeys in flight and all"),
            new Setting("rounds", "N", "how often smoke walks every journey"),
            new Setting("seed", "N", "fixes the schedule of arrivals"),
            new Setting("strict", "", "drift fails the run too"),
            new Setting("http2", "", "HTTP/2 where the target offers it"),
            new Setting("journeys", "DIR", "a folder of journeys instead of the shipped ones"),
            new Setting("journey", "NAMES", "only these journeys, separated by commas"),
            new Setting("contracts", "DIR", "a folder in the form of contracts/; what it lacks is as shipped"),
            new Setting("stubs", "DIR", "a folder in the form of stubs/"),
            new Setting("speed", "X", "the embedded stub's: 1 as recorded, 0 without waiting"),
            new Setting("fault", "FAULT", "a fault of the embedded stub: kind;at=LINE"),
            new Setting(
                    "timing",
                    "TIMING",
                    "the embedded stub's: recorded, fitted, jitter=SIGMA, constant=MS, exponential=MS"),
            new Setting("workers", "N", "how many turns the embedded stub answers at once; default: all"),
            new Setting("reports", "DIR", "the folder for results; default: reports"),
            new Setting(
                    "live", "[PORT]", "a page of this machine that shows the run while it lasts; default: a free port"),
            new Setting("allure", "DIR", "a folder for the verdict as Allure's results; default: none"));

    private static final Set<String> NAMES = KNOWN.stream().map(Setting::name).collect(toCollection(TreeSet::new));

    /**
     * What a user can ask for.
     *
     * @param name what it is called: {@code -Dfirstline.NAME} with Maven, {@code --NAME} on the command line
     * @param value what its value is called, in brackets where there may be none, or the empty string for a flag, whose
     *     value is {@code true}
     * @param what what it is for
     */
    public record Setting(String name, String value, String what) {
        /** Whether naming it says it all. */
        public boolean isFlag() {
            return value.isEmpty();
        }

        /** Whether it may be named without a value too. */
        public boolean isOptional() {
            return value.startsWith("[");
        }
    }

    /** Above the longest run that caps allow, and far below what nanoseconds can count: sums of several fit too. */
    private static final Duration DURATION_MAX = Duration.ofDays(30);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /** What only a step of a capacity search heeds. */
    private static final List<String> OF_A_STEP = List.of("slo", "batch", "dead-man", "search");

    /** What the simulations make their load of; none uses all of it. */
    private static final List<String> OF_THE_LOAD = List.of("rate", "peak", "duration", "settle", "extend", "rounds");

    private final Map<String, String> values;
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the system properties.
     *
     * @throws Misuse if one begins with the prefix and is unknown
     */
    public static Settings read() {
        Map<String, String> values = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                values.put(name.substring(PREFIX.length()), System.getProperty(name));
            }
        }
        return of(values);
    }

    /**
     * Settings by their names without the prefix.
     *
     * @throws Misuse if one is unknown
     */
    public static Settings of(Map<String, String> values) {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (!NAMES.contains(entry.getKey())) {
                throw new Misuse(
                        "one of " + String.join(", ", NAMES),
                        entry.getKey(),
                        "-D" + PREFIX + entry.getKey(),
                        Nearest.to(entry.getKey(), NAMES)
                                .map(known -> "-D" + PREFIX + known)
                                .orElse("one of these"));
            }
        }
        return new Settings(Map.copyOf(values));
    }

    /** Settings of a command that has names of its own: what is not among them is the caller's to refuse. */
    static Settings unchecked(Map<String, String> values) {
        return new Settings(Map.copyOf(values));
    }

    /**
     * Refuses what would be met too late or not at all: values that are read when the run is under way, and what the
     * user asked of the load and the simulation has not read.
     *
     * @throws Misuse if there is such a setting
     */
    void refuseBadAndUnread(String simulation) {
        KNOWN.stream().filter(Setting::isFlag).forEach(setting -> flag(setting.name()));
        duration("max-duration", Duration.ZERO);
        boolean step = simulation.equals(StepWatch.SIMULATION);
        for (String name :
                Stream.concat(OF_THE_LOAD.stream(), OF_A_STEP.stream()).toList()) {
            if (values.containsKey(name) && !read.contains(name) && !(step && OF_A_STEP.contains(name))) {
                String used = OF_THE_LOAD.stream().filter(read::contains).collect(joining(", "));
                throw new Misuse(
                        "for " + simulation + ", one of " + used,
                        name,
                        "the setting --" + name + " (-D" + PREFIX + name + ")",
                        "leave it out, or run another simulation");
            }
        }
    }

    /** A rate in journeys a second: more than 0. */
    public double rate(String name, double otherwise) {
        return get(
                name,
                otherwise,
                text -> {
                    double rate = Double.parseDouble(text);
                    return rate > 0 && !Double.isInfinite(rate) ? rate : null;
                },
                "a number above 0, such as 2.5");
    }

    /** A number of 0 or more. */
    double number(String name, double otherwise) {
        return get(
                name,
                otherwise,
                text -> {
                    double number = Double.parseDouble(text);
                    return number >= 0 && !Double.isInfinite(number) ? number : null;
                },
                "a number of 0 or more, such as 0.5");
    }

    /** A duration of more than 0 and at most 30 days, or none where nobody asks for it. */
    public Duration duration(String name) {
        return duration(name, Duration.ZERO);
    }

    /** A duration of more than 0 and at most 30 days. */
    public Duration duration(String name, Duration otherwise) {
        return get(
                name,
                otherwise,
                Settings::parseDuration,
                "a duration of more than 0 and at most " + DURATION_MAX.toHours() + "h, such as 500ms, 90s, 5m or 2h");
    }

    /** A whole number of 1 or more. */
    public int count(String name, int otherwise) {
        return get(
                name,
                otherwise,
                text -> {
                    int count = Integer.parseInt(text);
                    return count >= 1 ? count : null;
                },
                "a whole number of 1 or more");
    }

    /** What fixes the schedule of arrivals and the choice of journeys. */
    public long seed() {
        return get("seed", 1L, Long::parseLong, "a whole number");
    }

    boolean flag(String name) {
        return get(
                name,
                false,
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                },
                "true or false");
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    @Nullable
    Path path(String name) {
        String text = values.get(name);
        return text == null ? null : Path.of(text);
    }

    private <T> T get(String name, T otherwise, Function<String, @Nullable T> parse, String expected) {
        read.add(name);
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        @Nullable T value;
        try {
            value = parse.apply(text.trim());
        } catch (NumberFormatException e) {
            value = null;
        }
        if (value == null) {
            throw new Misuse(
                    expected, text, "the setting --" + name + " (-D" + PREFIX + name + ")", "another value, or none");
        }
        return value;
    }

    private static @Nullable Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        return duration.isZero() || duration.compareTo(DURATION_MAX) > 0 ? null : duration;
    }
}
