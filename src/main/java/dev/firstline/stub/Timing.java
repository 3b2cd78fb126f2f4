package dev.firstline.stub;

import dev.firstline.Misuse;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * When the lines of a recording leave: when it says, or at times drawn anew for each answer. As text: {@code recorded},
 * {@code fitted}, {@code jitter=0.2}, {@code constant=400}, {@code exponential=400}.
 */
sealed interface Timing {
    /** What a request's header or the command line calls it. */
    String RECORDED = "recorded";

    String FITTED = "fitted";

    /** The largest spread of a jitter; e^2 is more than seven times as late. */
    double SIGMA_MAX = 2;

    /** The longest mean of an answer's length: ten minutes. */
    double MEAN_MS_MAX = 600_000;

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
     * Every answer to a turn takes a time of its own, and its lines come at the same shares of it as recorded.
     *
     * @param meanMs its mean in milliseconds
     * @param drawn from an exponential distribution; else it is always the mean
     */
    record Lasting(double meanMs, boolean drawn) implements Timing {
        @Override
        public Recording of(Recording recording, Takes takes, SplittableRandom random) {
            if (!recording.answers().endpoint().isTurn()) {
                return recording;
            }
            return recording.lasting(Math.round(meanMs * 1e6 * (drawn ? random.nextExponential() : 1)));
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
        String[] nameAndNumber = asked.split("=", 2);
        try {
            double number = nameAndNumber.length == 2 ? Double.parseDouble(nameAndNumber[1]) : Double.NaN;
            Timing timing = switch (nameAndNumber[0]) {
                case "jitter" -> number >= 0 && number <= SIGMA_MAX ? new Jitter(number) : null;
                case "constant" -> number >= 0 && number <= MEAN_MS_MAX ? new Lasting(number, false) : null;
                case "exponential" -> number >= 0 && number <= MEAN_MS_MAX ? new Lasting(number, true) : null;
                default -> null;
            };
            if (timing != null) {
                return timing;
            }
        } catch (NumberFormatException e) {
            // Told below, as every other value that is out of range.
        }
        throw new Misuse(
                "a timing: recorded, fitted, jitter=SIGMA (0 to 2), or constant=MS or exponential=MS (0 to 600000)",
                text,
                where,
                "write jitter=0.2");
    }
}
