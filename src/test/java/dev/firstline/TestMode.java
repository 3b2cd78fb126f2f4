package dev.firstline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of tests that need more than Java: an engine for containers, somebody else's program. */
public enum TestMode {
    /** They run where they can, and are skipped elsewhere, which is said. */
    AUTO,
    /** They run, or fail. */
    REQUIRED,
    /** They are skipped, and nobody looks for what they need. */
    OFF;

    /** A fate and its reason, which is empty where the tests run. */
    public record Decision(Fate fate, String why) {}

    /** What can become of a class of tests. */
    public enum Fate {
        RUN,
        SKIP,
        FAIL
    }

    /**
     * The mode that a system property asks for.
     *
     * @param text auto, required or off; null where the property is not set, which is auto
     * @throws Misuse if it is none of them
     */
    public static TestMode of(String property, @Nullable String text) {
        String asked = text == null ? "auto" : text;
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(asked))
                .findFirst()
                .orElseThrow(() ->
                        new Misuse("auto, required or off", asked, "-D" + property, "leave it out, which is auto"));
    }

    /**
     * What becomes of a class of tests.
     *
     * @param missing what the machine lacks; asked only where the answer matters
     */
    public Decision decide(String property, Supplier<Optional<String>> missing) {
        if (this == OFF) {
            return new Decision(Fate.SKIP, "-D" + property + "=off");
        }
        return missing.get()
                .map(what -> this == REQUIRED
                        ? new Decision(Fate.FAIL, "-D" + property + "=required, and " + what)
                        : new Decision(Fate.SKIP, what))
                .orElse(new Decision(Fate.RUN, ""));
    }
}
