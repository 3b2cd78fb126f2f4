package dev.firstline.gatling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.stats.Outcome;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A turn's timing and its contract read the same bytes apart; what one calls no line the other must, too. */
final class ReadingsAgreeTest {
    private static final Contracts CONTRACTS = Contracts.load(ContractFiles.shipped());
    private static final Set<Rule> MALFORMED =
            Set.of(Rule.NOT_UTF8, Rule.NOT_JSON, Rule.DUPLICATE_KEY, Rule.TRAILING_DATA);
    private static final String GOOD = "{'result':{'response':{'sessionId':'s','responseEvents':[]}}}";
    private static final String SINGLE = "{'response':{'sessionId':'s'}}";

    static Stream<Arguments> bodies() {
        return Stream.of(
                stream("", Outcome.Kind.OK_EMPTY),
                stream("\n \r\n", Outcome.Kind.OK_EMPTY),
                stream(GOOD, Outcome.Kind.OK),
                stream(GOOD + "\r\n\n" + GOOD + "\n", Outcome.Kind.OK),
                stream("{}\n", Outcome.Kind.OK),
                stream(GOOD + GOOD + "\n", Outcome.Kind.MALFORMED_LINE),
                stream(GOOD + ",\n", Outcome.Kind.MALFORMED_LINE),
                stream(GOOD + "\noops\n", Outcome.Kind.MALFORMED_LINE),
                stream("oops\n" + GOOD + "\n", Outcome.Kind.MALFORMED_LINE),
                stream("[]\n", Outcome.Kind.MALFORMED_LINE),
                stream("'a'\n", Outcome.Kind.MALFORMED_LINE),
                stream("null\n", Outcome.Kind.MALFORMED_LINE),
                stream("1e999999999\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'a':1,'a':1}\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'result':{'x':[{'a':1,'\\u0061':1}]}}\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'a':01}\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'a':NaN}\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'a':1e99999999999,'b':-0.0,'c':123456789012345678901234567890}\n", Outcome.Kind.OK),
                stream("{'a':" + "9".repeat(1_001) + "}\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'a':'\\ud800'}\n", Outcome.Kind.OK),
                stream("{'a':'\u0000'}\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'a':'\u2028\u0085'}\n", Outcome.Kind.OK),
                stream("\uFEFF" + GOOD + "\n", Outcome.Kind.MALFORMED_LINE),
                stream("{'a':" + "[".repeat(900) + "]".repeat(900) + "}\n", Outcome.Kind.OK),
                stream("{'a':" + "[".repeat(2_000) + "]".repeat(2_000) + "}\n", Outcome.Kind.MALFORMED_LINE),
                stream(GOOD + "\n" + GOOD.substring(0, 9), Outcome.Kind.TRUNCATED),
                stream(GOOD + "\n{'a':tru", Outcome.Kind.TRUNCATED),
                stream(GOOD + "\noops", Outcome.Kind.MALFORMED_LINE),
                stream(GOOD.replace(":", ":\n"), Outcome.Kind.MALFORMED_LINE),
                stream("{'a':'b\nc'}\n", Outcome.Kind.MALFORMED_LINE),
                single(SINGLE, Outcome.Kind.OK),
                single(SINGLE.replace(":", ":\r\n"), Outcome.Kind.OK),
                single("oops", Outcome.Kind.MALFORMED_LINE),
                single("oops\n" + SINGLE, Outcome.Kind.MALFORMED_LINE),
                single(SINGLE.substring(0, 9), Outcome.Kind.TRUNCATED),
                single(SINGLE.replace(":", ":\n").substring(0, 20), Outcome.Kind.TRUNCATED),
                single(SINGLE.replace("}", "\n"), Outcome.Kind.MALFORMED_LINE),
                single("{'response':\n{'a':1,'a':1}}\n", Outcome.Kind.MALFORMED_LINE),
                single("{'response':\n{}}\n{}\n", Outcome.Kind.MALFORMED_LINE),
                single("{'a':'b\nc'}\n", Outcome.Kind.MALFORMED_LINE));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void what_is_malformed_or_truncated_is_so_to_both(Endpoint endpoint, String text, Outcome.Kind expected) {
        byte[] body = text.replace('\'', '"').getBytes(UTF_8);

        assertThat(outcome(endpoint, body)).isEqualTo(expected);
        List<Rule> rules = rules(endpoint, body);
        assertThat(rules.stream().anyMatch(MALFORMED::contains)).isEqualTo(expected == Outcome.Kind.MALFORMED_LINE);
        assertThat(rules.contains(Rule.TRUNCATED)).isEqualTo(expected == Outcome.Kind.TRUNCATED);
    }

    private static Outcome.Kind outcome(Endpoint endpoint, byte[] body) {
        StreamReading reading =
                new StreamReading(!endpoint.streamed(), false, LineDecoder.LINE_BYTES_MAX, (line, envelope) -> {});
        reading.headers(200, 0);
        reading.bytes(ByteBuffer.wrap(body), 1);
        return reading.end(2).kind();
    }

    private static List<Rule> rules(Endpoint endpoint, byte[] body) {
        List<Finding> findings = new ArrayList<>();
        AnswerChecker checker = CONTRACTS.answer(endpoint, "s", (finding, line) -> findings.add(finding));
        LineDecoder decoder = new LineDecoder();
        decoder.feed(ByteBuffer.wrap(body), checker::line);
        decoder.end().ifPresent(checker::line);
        checker.end(AnswerEnd.WHOLE);
        return findings.stream().map(Finding::rule).toList();
    }

    private static Arguments stream(String body, Outcome.Kind outcome) {
        return Arguments.of(Endpoint.INVOKE, body, outcome);
    }

    private static Arguments single(String body, Outcome.Kind outcome) {
        return Arguments.of(Endpoint.INIT, body, outcome);
    }
}
