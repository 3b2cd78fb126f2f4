package dev.firstline.stub;

import dev.firstline.Misuse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of tests that run somebody else's clients: curl, and Python with the package requests. */
enum ClientsMode {
    /** They run where they can, and are skipped elsewhere, which is said. */
    AUTO,
    /** They run, or fail. */
    REQUIRED,
    /** They are skipped, and nobody looks for a program. */
    OFF;

    /** The system property that says it: {@code auto}, {@code required} or {@code off}. */
    static final String PROPERTY = "firstline.clients";

    /** What becomes of a class of tests. {@code why} is empty where it runs. */
    record Decision(Fate fate, String why) {}

    enum Fate {
        RUN,
        SKIP,
        FAIL
    }

    /** @throws Misuse if it is none of them */
    static ClientsMode of(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new Misuse("auto, required or off", text, "-D" + PROPERTY, "leave it out, which is auto"));
    }

    /** @param missing what the machine lacks; asked only where the answer matters */
    Decision decide(Supplier<Optional<String>> missing) {
        if (this == OFF) {
            return new Decision(Fate.SKIP, "-D" + PROPERTY + "=off");
        }
        return missing.get()
                .map(what -> this == REQUIRED
                        ? new Decision(Fate.FAIL, "-D" + PROPERTY + "=required, and " + what)
                        : new Decision(Fate.SKIP, what))
                .orElse(new Decision(Fate.RUN, ""));
    }
}
