package dev.firstline.gate.capacity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Shares and rates as people read them. */
final class Shares {
    private static final int DIGITS = 4;

    /** What the product of two rounded numbers may lie too low. */
    private static final double TINY = 1e-9;

    private Shares() {}

    /** In percent: {@code 2.9 %}. */
    static String text(double share) {
        return number(share * 100, 2) + " %";
    }

    /** A rate: {@code 11.5}. */
    static String rate(double perSecond) {
        return number(rounded(perSecond), 3);
    }

    /** A rate in four digits, never above the one that was meant. */
    static double rounded(double perSecond) {
        return Double.isInfinite(perSecond * (1 + TINY))
                ? perSecond
                : BigDecimal.valueOf(perSecond * (1 + TINY))
                        .round(new MathContext(DIGITS, RoundingMode.DOWN))
                        .doubleValue();
    }

    private static String number(double value, int places) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
