package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.stub.Plan.Ending;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The faults by name, and how each is read from {@code kind;key=value;...}. What they do is in {@link Fault}. */
enum FaultKind {
    /** {@code stall;at=2;ms=600}: a line and all that follows come later. */
    STALL(Place.LINE, values -> new Fault.Stall(values.nanos(Duration.ofSeconds(5)))),
    /** {@code late;ms=600}: the whole answer comes later, its headers too. */
    LATE(Place.ANSWER, values -> new Fault.Late(values.nanos(Duration.ofSeconds(5)))),
    /** {@code hang;at=2}: silence until the client leaves, or for {@code ms}. */
    HANG(Place.LINE_OR_HEADERS, values -> new Fault.Hang(values.nanos(FaultValues.WAIT_MAX))),
    /** {@code reset;at=3}: RST. */
    RESET(Place.LINE_OR_HEADERS, values -> new Fault.Break(Ending.RESET)),
    /** {@code close;at=3}: the connection is closed without the end of the body. */
    CLOSE(Place.LINE_OR_HEADERS, values -> new Fault.Break(Ending.CLOSE)),
    /** {@code truncate;at=2}: half a line, then the connection is closed. */
    TRUNCATE(Place.LINE, values -> new Fault.Truncate(Ending.CLOSE)),
    /** {@code truncate-clean;at=2}: half a line, then a well-formed end. */
    TRUNCATE_CLEAN(Place.LINE, values -> new Fault.Truncate(Ending.CLEAN)),
    /** {@code malformed;at=2}: a line that is not JSON; the stream goes on. */
    MALFORMED(Place.LINE, values -> new Fault.Malformed()),
    /** {@code error;at=3;code=14;message=upstream model unavailable}: an error line in a 200, and the end. */
    ERROR(Place.LINE, values -> new Fault.ErrorLine(error(values))),
    /** {@code data-after-error;at=2;code=14}: an error line in a 200, and the stream goes on. */
    DATA_AFTER_ERROR(Place.LINE, values -> new Fault.DataAfterError(error(values))),
    /** {@code foreign-session;at=2}: a line of another session. */
    FOREIGN_SESSION(Place.LINE, values -> new Fault.ForeignSession()),
    /** {@code repeat;at=1}: a line twice, its event ids with it. */
    REPEAT(Place.LINE, values -> new Fault.Repeat()),
    /** {@code blank;at=2;lines=3;ms=600}: blank keep-alive lines while a line and all that follows come later. */
    BLANK(Place.LINE, values -> new Fault.Blank(values.whole("lines", 1, 1, 10_000), values.nanos(Duration.ZERO))),
    /** {@code crlf}: every line ends with a carriage return, too. */
    CRLF(Place.ANSWER, values -> new Fault.CarriageReturns()),
    /** {@code no-newline}: the last line lacks its line feed. */
    NO_NEWLINE(Place.ANSWER, values -> new Fault.NoNewline()),
    /** {@code join;at=1}: a line and the next in one chunk. */
    JOIN(Place.LINE, values -> new Fault.Join()),
    /** {@code split;at=1;bytes=1}: a line and all that follow in many chunks, at once. */
    SPLIT(Place.LINE, values -> new Fault.Pieces(pieceBytes(values, 1), 0)),
    /** {@code drip;at=1;bytes=10;ms=20}: a line and all that follow in many chunks, so long from one to the next. */
    DRIP(Place.LINE, values -> new Fault.Pieces(pieceBytes(values, 10), values.nanos(Duration.ofMillis(20)))),
    /** {@code content-type;type=text/plain}: another content type, or none. */
    CONTENT_TYPE(Place.ANSWER, values -> new Fault.ContentType(values.text("type", "text/plain"))),
    /** {@code buffer}: everything at the end, as from a buffering proxy. */
    BUFFER(Place.ANSWER, values -> new Fault.Buffer()),
    /** {@code gzip}: the body is compressed, line by line. */
    GZIP(Place.ANSWER, values -> new Fault.Gzip()),
    /** {@code status;http=503} or {@code status;code=14}: an HTTP error with a gateway's body. */
    STATUS(Place.ANSWER, values -> {
        int told = values.whole("code", GrpcCode.UNAVAILABLE, 1, GrpcCode.LAST);
        int http = values.whole("http", GrpcCode.http(told), 400, 599);
        int code = values.has("code") ? told : GrpcCode.ofHttp(http);
        return new Fault.Status(http, new Refusal(code, values.text("message", "upstream connect error")));
    }),
    /** {@code page;http=502}: a proxy's HTML page. */
    PAGE(Place.ANSWER, values -> new Fault.Page(values.whole("http", 502, 200, 599)));

    /** Where a fault can strike. */
    enum Place {
        /** At the line that {@code at} names, from 1. */
        LINE,
        /** At a line, or with {@code at=0} at the headers: nothing is sent at all. */
        LINE_OR_HEADERS,
        /** The answer as a whole. */
        ANSWER
    }

    private final Place place;

    // Lambdas, which hold nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<FaultValues, Fault> reader;

    FaultKind(Place place, Function<FaultValues, Fault> reader) {
        this.place = place;
        this.reader = reader;
    }

    /** @throws Misuse if a value is out of range */
    Fault read(FaultValues values) {
        return reader.apply(values);
    }

    /**
     * The line that it strikes at, counted from 1; 0 for the headers.
     *
     * @throws Misuse if the value is out of range
     */
    int line(FaultValues values) {
        if (place == Place.ANSWER) {
            return 1;
        }
        return values.whole("at", 1, place == Place.LINE ? 1 : 0, Integer.MAX_VALUE);
    }

    /** @throws Misuse if there is no such fault */
    static FaultKind of(String name, String where) {
        return Arrays.stream(values())
                .filter(kind -> kind.spelling().equals(name))
                .findFirst()
                .orElseThrow(() -> new Misuse(
                        "a fault: "
                                + Arrays.stream(values())
                                        .map(FaultKind::spelling)
                                        .collect(Collectors.joining(", ")),
                        name,
                        where,
                        "write stall;at=2;ms=600"));
    }

    String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Refusal error(FaultValues values) {
        return new Refusal(
                values.whole("code", GrpcCode.UNAVAILABLE, 1, GrpcCode.LAST),
                values.text("message", "upstream model unavailable"));
    }

    private static int pieceBytes(FaultValues values, int otherwise) {
        return values.whole("bytes", otherwise, 1, Integer.MAX_VALUE);
    }
}
