package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.stub.Plan.Ending;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The faults by name, and how each is read from {@code kind;key=value;...}. */
enum FaultKind {
    /** {@code stall;at=2;ms=600}: a line and all that follows come later. */
    STALL(values -> new Fault.Stall(values.nanos(Duration.ofSeconds(5)))),
    /** {@code late;ms=600}: the whole answer comes later. */
    LATE(values -> new Fault.Late(values.nanos(Duration.ofSeconds(5)))),
    /** {@code hang;at=2}: silence until the client leaves, or for {@code ms}. */
    HANG(values -> new Fault.Hang(values.nanos(FaultValues.WAIT_MAX))),
    /** {@code truncate;at=2}: half a line, then the connection is closed. */
    TRUNCATE(values -> new Fault.Truncate(Ending.CLOSE)),
    /** {@code truncate-clean;at=2}: half a line, then a well-formed end. */
    TRUNCATE_CLEAN(values -> new Fault.Truncate(Ending.CLEAN)),
    /** {@code malformed;at=2}: a line that is not JSON; the stream goes on. */
    MALFORMED(values -> new Fault.Malformed()),
    /** {@code error;at=3;code=14;message=upstream model unavailable}: an error line in a 200. */
    ERROR(values -> new Fault.ErrorLine(new Refusal(
            values.whole("code", GrpcCode.UNAVAILABLE, 1, GrpcCode.LAST),
            values.text("message", "upstream model unavailable")))),
    /** {@code reset;at=3}: RST. */
    RESET(values -> new Fault.Break(Ending.RESET)),
    /** {@code close;at=3}: the connection is closed without the end of the body. */
    CLOSE(values -> new Fault.Break(Ending.CLOSE)),
    /** {@code status;http=503}: an HTTP error with a gateway's body. */
    STATUS(values -> {
        int http = values.whole("http", 503, 400, 599);
        int code = values.whole("code", GrpcCode.ofHttp(http), 1, GrpcCode.LAST);
        return new Fault.Status(http, new Refusal(code, values.text("message", "upstream connect error")));
    });

    // Lambdas, which hold nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<FaultValues, Fault> reader;

    FaultKind(Function<FaultValues, Fault> reader) {
        this.reader = reader;
    }

    /** @throws Misuse if a value is out of range */
    Fault read(FaultValues values) {
        return reader.apply(values);
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

    private String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
