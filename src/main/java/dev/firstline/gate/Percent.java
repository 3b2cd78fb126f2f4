package dev.firstline.gate;

import java.util.Locale;

/** Ratios and chances as people read them. */
final class Percent {
    private static final double LEAST_P = 0.0001;

    private Percent() {}

    /** A ratio as a change: {@code +7.1 %}. */
    static String change(double ratio) {
        return String.format(Locale.ROOT, "%+.1f %%", (ratio - 1) * 100);
    }

    static String p(double p) {
        return p < LEAST_P ? "< 0.0001" : String.format(Locale.ROOT, "= %.4f", p);
    }

    /** To a microsecond, or a hundred thousandth. */
    static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }
}
