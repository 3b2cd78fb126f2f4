package dev.firstline.stub;

import dev.firstline.Misuse;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * When the lines of a recording leave: when it says, or at times drawn anew for each answer. As text: {@code recorded},
 * {@code fitted}, {@code jitter=0.2}.
 */
sealed interface Timing {
    /** What a request's header or the command line calls it. */
    String RECORDED = "recorded";

    String FITTED = "fitted";
    String JITTER = "jitter=";

    /** The largest spread of a jitter; e^2 is more than seven times as late. */
    double SIGMA_MAX = 2;

    /**
     * A recording as it is timed for one answer.
     *
     * @param random the answer's own, so that it is drawn alike whenever it is drawn
     */
    Recording of(Recording recording, Takes takes, SplittableRandom random);

    /** As recorded. */
    record Recorded() implements Timing {
        @Override
        public Recording of(Recording recording, Takes takes, SplittableRandom random) {
            return recording;
        }
    }

    /** As any of the takes of that turn might have been; a turn of which there are no takes is as recorded. */
    record Fitted() implements Timing {
        @Override
        public Recording of(Recording recording, Takes takes, SplittableRandom random) {
            return takes.fit(recording.answers())
                    .map(fit -> fit.draw(recording, random))
                    .orElse(recording);
        }
    }

    /**
     * Every wait is as recorded times a factor of its own, log-normal with median 1.
     *
     * @param sigma of the factor's logarithm: with 0.2 two of three lie between 0.82 and 1.22
     */
    record Jitter(double sigma) implements Timing {
        @Override
        public Recording of(Recording recording, Takes takes, SplittableRandom random) {
            return recording.withWaits(waitNanos -> Math.round(waitNanos * Math.exp(sigma * random.nextGaussian())));
        }
    }

    /**
     * Reads a timing.
     *
     * @throws Misuse if it is none
     */
    static Timing parse(String text, String where) {
        String asked = text.strip().toLowerCase(Locale.ROOT);
        if (asked.isEmpty() || asked.equals(RECORDED)) {
            return new Recorded();
        }
        if (asked.equals(FITTED)) {
            return new Fitted();
        }
        if (asked.startsWith(JITTER)) {
            try {
                double sigma = Double.parseDouble(asked.substring(JITTER.length()));
                if (sigma >= 0 && sigma <= SIGMA_MAX) {
                    return new Jitter(sigma);
                }
            } catch (NumberFormatException e) {
                // Told below, as every other value that is out of range.
            }
        }
        throw new Misuse(
                "a timing: recorded, fitted, or jitter=0 to jitter=" + SIGMA_MAX, text, where, "write jitter=0.2");
    }
}
