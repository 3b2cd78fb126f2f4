package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for, from system properties: {@code -Dfirstline.rate=5} with Maven, which the options of the
 * command line become too. The one place that reads them; whatever else begins with {@code firstline.} is refused, so
 * that a misspelt one cannot be overlooked.
 */
public final class Settings {
    /** What every property's name begins with. */
    public static final String PREFIX = "firstline.";

    /** Every setting by its name without the prefix, with what it is. Order matters to nobody. */
    static final Map<String, String> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("target", "a target of targets.yaml"),
            Map.entry("targets", "a targets file"),
            Map.entry("journeys", "a folder of journeys"),
            Map.entry("journey", "names of journeys, separated by commas; else all"),
            Map.entry("contracts", "a folder in the form of contracts/"),
            Map.entry("stubs", "a folder in the form of stubs/"),
            Map.entry("reports", "the folder for results"),
            Map.entry("rate", "journeys a second"),
            Map.entry("peak", "journeys a second at the peak of a spike"),
            Map.entry("duration", "how long journeys arrive: 90s, 5m, 2h"),
            Map.entry("max-duration", "when a run is cut off, journeys in flight and all"),
            Map.entry("rounds", "how often smoke walks every journey"),
            Map.entry("seed", "a whole number that fixes the schedule"),
            Map.entry("speed", "the embedded stub's speed: 1 as recorded, 0 as fast as possible"),
            Map.entry("fault", "a fault of the embedded stub: kind;at=LINE"),
            Map.entry("strict", "true: drift fails the run too"),
            Map.entry("http2", "true: HTTP/2 where the target offers it")));

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final Map<String, String> values;

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
            if (!KNOWN.containsKey(entry.getKey())) {
                throw new Misuse(
                        "one of " + String.join(", ", KNOWN.keySet()),
                        entry.getKey(),
                        "-D" + PREFIX + entry.getKey(),
                        Nearest.to(entry.getKey(), KNOWN.keySet())
                                .map(known -> "-D" + PREFIX + known)
                                .orElse("one of these"));
            }
        }
        return new Settings(Map.copyOf(values));
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

    /** A duration of more than 0. */
    public Duration duration(String name, Duration otherwise) {
        return get(name, otherwise, Settings::parseDuration, "a duration of more than 0, such as 500ms, 90s, 5m or 2h");
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

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    @Nullable
    Path path(String name) {
        String text = values.get(name);
        return text == null ? null : Path.of(text);
    }

    private <T> T get(String name, T otherwise, Function<String, @Nullable T> parse, String expected) {
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
        return duration.isZero() ? null : duration;
    }
}
