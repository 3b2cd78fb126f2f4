package dev.firstline.stub;

import dev.firstline.Misuse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a stub plays what was recorded.
 *
 * @param speed how many times faster than recorded: 1 as recorded, 0 without any waiting
 * @param fault what goes wrong in answers, {@code kind;key=value;... | kind;...} as in {@code X-Firstline-Fault}, or ""
 *     for nothing
 * @param timing when lines leave: {@code recorded}, {@code fitted} to the takes in the root, or {@code jitter=0.2}
 * @param seed what decides when a fault strikes that has a rate, and all times that are drawn: the same seed and the
 *     same order of requests, the same faults and times
 * @param workers how many turns are answered at once, the others wait; 0 for all at once
 */
public record Playback(double speed, String fault, String timing, long seed, int workers) {
    private static final Playback RECORDED = new Playback(1, "", Timing.RECORDED, 1, Workers.UNLIMITED);

    /** @throws Misuse if the speed, the fault or the timing is none, or the number of workers negative */
    public Playback {
        Speed.check(speed, "the stub's speed");
        faults(fault);
        timing(timing);
        Workers.check(workers);
    }

    /** As recorded, and nothing goes wrong. */
    public static Playback recorded() {
        return RECORDED;
    }

    public Playback withSpeed(double newSpeed) {
        return new Playback(newSpeed, fault, timing, seed, workers);
    }

    public Playback withFault(String newFault) {
        return new Playback(speed, newFault, timing, seed, workers);
    }

    public Playback withTiming(String newTiming) {
        return new Playback(speed, fault, newTiming, seed, workers);
    }

    public Playback withSeed(long newSeed) {
        return new Playback(speed, fault, timing, newSeed, workers);
    }

    public Playback withWorkers(int newWorkers) {
        return new Playback(speed, fault, timing, seed, newWorkers);
    }

    /**
     * Reads what {@link #settings()} wrote.
     *
     * @param setting a value by its name, null or blank where it is as {@link #recorded()}
     * @throws Misuse if a value is none
     */
    static Playback of(Function<String, @Nullable String> setting) {
        return new Playback(
                Speed.parse(told(setting, "speed", "1"), "the stub's speed"),
                told(setting, "fault", RECORDED.fault),
                told(setting, "timing", RECORDED.timing),
                whole(told(setting, "seed", "1"), "seed", Long::parseLong),
                whole(told(setting, "workers", "0"), "workers", Integer::parseInt));
    }

    private static String told(Function<String, @Nullable String> setting, String name, String otherwise) {
        String told = setting.apply(name);
        return told == null || told.isBlank() ? otherwise : told;
    }

    private static <T> T whole(String text, String name, Function<String, T> parse) {
        try {
            return parse.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new Misuse("a whole number", text, "the stub's " + name, "write 1");
        }
    }

    /** The same as text, by name. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("speed", String.valueOf(speed));
        settings.put("fault", fault);
        settings.put("timing", timing);
        settings.put("seed", String.valueOf(seed));
        settings.put("workers", String.valueOf(workers));
        return settings;
    }

    Faults faults() {
        return faults(fault);
    }

    Timing timingAs() {
        return timing(timing);
    }

    private static Faults faults(String text) {
        return Faults.parse(text, "the stub's fault");
    }

    private static Timing timing(String text) {
        return Timing.parse(text, "the stub's timing");
    }
}
