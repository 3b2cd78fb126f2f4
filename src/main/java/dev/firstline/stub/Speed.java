package dev.firstline.stub;

import dev.firstline.Misuse;

/** How fast recordings are played: 2 is twice as fast as recorded, 0 is without any waiting. */
final class Speed {
    private Speed() {}

    static double parse(String text, String where) {
        try {
            return check(Double.parseDouble(text), where);
        } catch (NumberFormatException e) {
            throw misuse(text, where);
        }
    }

    static double check(double speed, String where) {
        if (!(speed >= 0 && speed <= Double.MAX_VALUE)) {
            throw misuse(String.valueOf(speed), where);
        }
        return speed;
    }

    static long played(long recordedNanos, double speed) {
        return speed == 0 ? 0 : Math.round(recordedNanos / speed);
    }

    private static Misuse misuse(String saw, String where) {
        return new Misuse(
                "a speed: 1 as recorded, 10 ten times faster, 0 without waiting", saw, where, "write a number");
    }
}
