package dev.firstline.journey;

import dev.firstline.Misuse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them in a journey: {@code 500ms}, {@code 2s}, {@code 5m}. */
final class Durations {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");

    private Durations() {}

    static Duration read(String text, String where) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new Misuse("a time like 500ms, 2s or 5m", text, where, "write a whole number and its unit");
        }
        long count = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit.equals("ms")) {
            return Duration.ofMillis(count);
        }
        return unit.equals("s") ? Duration.ofSeconds(count) : Duration.ofMinutes(count);
    }
}
