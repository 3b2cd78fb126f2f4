package dev.firstline.stats;

import java.util.Locale;
import java.util.Objects;

/**
 * How a call ended: exactly one, the first of {@link Kind} that applies.
 *
 * @param kind which way
 * @param detail what tells it apart from others of its kind: {@code "503"} or {@code "503,14"} for an HTTP error, the
 *     code of a stream error; empty for the rest
 */
public record Outcome(Kind kind, String detail) {
    /** The ways a call can end, in their order of precedence. */
    public enum Kind {
        /** No connection, or it broke before the answer began. */
        CONNECT_FAILED,
        /** An error instead of lines. Its detail is the HTTP status and, where one was told, the code. */
        HTTP_ERROR,
        /** Nothing came in time. */
        FIRST_LINE_TIMEOUT,
        /** Lines came and then none for longer than the stall limit. */
        STALLED_OUT,
        /** The whole took too long. */
        TIMEOUT,
        /** The body did not end cleanly, or its last line is not whole. */
        TRUNCATED,
        /** A line that is not one JSON object, or one longer than the bound. */
        MALFORMED_LINE,
        /** An error line in a 200. Its detail is the code. */
        STREAM_ERROR,
        /** A line, or the stream, is not what was promised. */
        CONTRACT_VIOLATION,
        /** A kind that the journey expects did not come, or the list to pick from did not. */
        UNEXPECTED_ANSWER,
        /** The script walked away on purpose, or the run ended under the call. */
        ABANDONED,
        /** A clean answer without a line. */
        OK_EMPTY,
        /** As it should be. */
        OK;

        /** What files and reports call it: {@code first_line_timeout}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is a failure: all but {@code ok}, {@code ok_empty} and {@code abandoned}. */
        public boolean isKo() {
            return compareTo(ABANDONED) < 0;
        }
    }

    public static final Outcome OK = of(Kind.OK);
    public static final Outcome OK_EMPTY = of(Kind.OK_EMPTY);
    public static final Outcome ABANDONED = of(Kind.ABANDONED);

    public Outcome {
        Objects.requireNonNull(kind);
        if (detail.indexOf('(') >= 0 || detail.indexOf(')') >= 0) {
            throw new IllegalArgumentException("a detail has no brackets: " + detail);
        }
    }

    /** An outcome that needs no detail. */
    public static Outcome of(Kind kind) {
        return new Outcome(kind, "");
    }

    /** An error instead of lines; the code is empty where the body told none. */
    public static Outcome httpError(int status, String code) {
        return new Outcome(Kind.HTTP_ERROR, code.isEmpty() ? "" + status : status + "," + plain(code));
    }

    /** An error line in a 200; the code is empty where the line told none. */
    public static Outcome streamError(String code) {
        return new Outcome(Kind.STREAM_ERROR, plain(code));
    }

    /** Whether it is a failure. */
    public boolean isKo() {
        return kind.isKo();
    }

    /** What files and reports call it: {@code http_error(503,14)}, {@code ok}. */
    public String label() {
        return detail.isEmpty() ? kind.label() : kind.label() + "(" + detail + ")";
    }

    /** The one of two that comes first in the order of precedence. */
    public Outcome orWorse(Outcome other) {
        return other.kind.compareTo(kind) < 0 ? other : this;
    }

    /**
     * Reads what {@link #label()} wrote.
     *
     * @throws IllegalArgumentException if no outcome is called so
     */
    public static Outcome parse(String label) {
        int bracket = label.indexOf('(');
        if (bracket >= 0 && !label.endsWith(")")) {
            throw new IllegalArgumentException("no outcome is called " + label);
        }
        String kind = bracket < 0 ? label : label.substring(0, bracket);
        String detail = bracket < 0 ? "" : label.substring(bracket + 1, label.length() - 1);
        return new Outcome(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), detail);
    }

    /** A server chooses the code; what it chooses may not bend a label or flood a table of outcomes. */
    private static String plain(String code) {
        String safe = code.replaceAll("[^A-Za-z0-9_.-]", "_");
        return safe.length() <= 40 ? safe : safe.substring(0, 40);
    }

    @Override
    public String toString() {
        return label();
    }
}
