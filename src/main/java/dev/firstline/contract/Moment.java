package dev.firstline.contract;

/** A moment as RFC 3339 writes it, which is what the format {@code date-time} says. */
final class Moment {
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private static final int NO_OFFSET = Integer.MIN_VALUE;

    private Moment() {}

    /** Whether a text is one: {@code 2026-11-20T18:00:00.5Z}, {@code 2026-11-20t18:00:00+01:00}. */
    static boolean is(String text) {
        if (text.length() < 20 || !separated(text)) {
            return false;
        }
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        if (!isDay(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))) {
            return false;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return false;
        }
        int end = 19;
        if (text.charAt(end) == '.') {
            do {
                end++;
            } while (end < text.length() && isDigit(text.charAt(end)));
            if (end == 20) {
                return false;
            }
        }
        int offset = offsetMinutes(text, end);
        return offset != NO_OFFSET && (second < 60 || isLeap(hour, minute, offset));
    }

    private static boolean separated(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) | 0x20) == 't'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static boolean isDay(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]) {
            return false;
        }
        boolean leapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month != 2 || day < 29 || leapYear;
    }

    /** Leap seconds are the last of a day in UTC. */
    private static boolean isLeap(int hour, int minute, int offsetMinutes) {
        return Math.floorMod(60 * hour + minute - offsetMinutes, 24 * 60) == 24 * 60 - 1;
    }

    private static int offsetMinutes(String text, int at) {
        int left = text.length() - at;
        if (left == 1 && (text.charAt(at) | 0x20) == 'z') {
            return 0;
        }
        if (left != 6 || "+-".indexOf(text.charAt(at)) < 0 || text.charAt(at + 3) != ':') {
            return NO_OFFSET;
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return NO_OFFSET;
        }
        return (text.charAt(at) == '-' ? -1 : 1) * (60 * hours + minutes);
    }

    /** A number of so many digits, or -1 where there is none. */
    private static int digits(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
