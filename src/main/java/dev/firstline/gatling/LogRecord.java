package dev.firstline.gatling;

import java.util.List;

/** What Gatling logs of a run; times are milliseconds since 1970, as the injector's own clock told them. */
sealed interface LogRecord {
    /** When it was logged, or nearly: the order in which Gatling's own log has them. */
    long atMillis();

    /** An answered request; {@code message} is empty where it is OK. */
    record Response(List<String> groups, String name, long startMillis, long atMillis, boolean ok, String message)
            implements LogRecord {}

    /** A user who comes ({@code start}) or goes. */
    record User(String scenario, boolean start, long atMillis) implements LogRecord {}

    /** The end of the innermost of {@code groups}. */
    record Group(List<String> groups, long startMillis, long atMillis, int requestMillis, boolean ok)
            implements LogRecord {}

    /** What went wrong outside any request. */
    record Failure(String message, long atMillis) implements LogRecord {}
}
