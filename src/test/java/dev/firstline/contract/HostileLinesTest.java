package dev.firstline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.wire.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a server may send makes the checker throw, or its findings long. */
final class HostileLinesTest {
    private static final List<Endpoint> ENDPOINTS = List.of(Endpoint.values());
    private static final String LINE = Answers.line("e-1").strip();

    static Stream<String> hostile() {
        String big = "9".repeat(1_000);
        return Stream.of(
                event("'newEvent':" + "[".repeat(950) + "]".repeat(950)),
                event("'newEvent':" + "[".repeat(100_000)),
                event("'eventId':1e999999999"),
                event("'eventId':1e" + big.substring(0, 900)),
                event("'eventId':-" + big),
                event("'eventId':'\\ud800'"),
                event("'\\ud800\\udc00\\udfff':1"),
                event("'" + "k".repeat(60_000) + "':1"),
                event("'" + "k".repeat(40_000) + "':1"),
                event("'messageEvent':{'role':'" + "r".repeat(1 << 20) + "'}"),
                event("'recommendationEvent':{'products':[{'price':1e999999999,'url':'" + "u ".repeat(1 << 16)
                        + "'}]}"),
                event("'recommendationEvent':{'products':[{'price':'1e999999999'},{'price':-1e99999999999}]}"),
                event("'messageEvent':{'createdAt':'" + "9".repeat(1 << 16) + "'}"),
                event("'\\u0000\\u001b[31m\\u202e\\n':'\\u0000\\u001b[31m\\u202e\\n'"),
                LINE.replace("[", "[" + "{},".repeat(200_000)),
                LINE.replace("[", "[" + "null,1,".repeat(1_000)),
                "{'error':{'code':1e999999999,'details':[" + "{},".repeat(1_000) + "{}]}}",
                "{'error':{'code':1e-999999999}}",
                "{'code':100e2147483647,'message':1}",
                "{"
                        + IntStream.range(0, 5_000)
                                .mapToObj(i -> "'" + i + "':1")
                                .reduce((a, b) -> a + "," + b)
                                .get() + "}");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void what_is_found_is_short_and_can_be_shown(String line) {
        for (Endpoint endpoint : Endpoint.values()) {
            List<Finding> found = Answers.found(endpoint, Answers.bytes(line + "\n"), AnswerEnd.WHOLE);

            assertThat(found)
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(3 * Probe.FINDINGS_MAX)
                    .allSatisfy(finding -> {
                        assertThat(finding.seen()).isNotBlank().hasSizeLessThanOrEqualTo(Finding.SEEN_MAX);
                        assertThat(finding.message()).doesNotContain("\n", "\u001b", "\u202e", "\u0000");
                        assertThat(UTF_8.newEncoder().canEncode(finding.seen())).isTrue();
                    });
        }
    }

    @Test
    void the_last_finding_of_a_rule_says_how_many_were_left_out() {
        byte[] line = Answers.bytes(LINE.replace("[", "[" + "{},".repeat(200) + "1,"));

        List<Finding> found = Answers.found(Endpoint.INVOKE, line, AnswerEnd.WHOLE);

        assertThat(found)
                .filteredOn(finding -> finding.rule() == Rule.WRONG_TYPE)
                .hasSize(1);
        assertThat(found)
                .filteredOn(finding -> finding.rule() == Rule.EMPTY_EVENT)
                .hasSize(Probe.FINDINGS_MAX)
                .last()
                .extracting(Finding::seen)
                .isEqualTo("none (and 150 more in this line)");
    }

    @Test
    void a_line_of_the_greatest_length_is_checked() {
        String text = "x".repeat((16 << 20) - LINE.length() - 40);

        assertThat(Answers.told(Endpoint.INVOKE, Answers.bytes(LINE.replace("e-1", text)), AnswerEnd.WHOLE))
                .isEmpty();
    }

    @Test
    void the_ids_that_are_remembered_are_bounded() {
        AnswerMemory memory = new AnswerMemory("s-1");
        Probe probe = new Probe();
        for (int i = 0; i <= AnswerMemory.EVENT_IDS_MAX; i++) {
            event(memory, probe, "e-" + i);
        }
        assertThat(probe.take()).isEmpty();

        event(memory, probe, "e-1");
        assertThat(probe.take()).hasSize(1);
        event(memory, probe, "e-0");
        assertThat(probe.take()).isEmpty();
    }

    @Test
    void nothing_that_is_mutated_or_cut_throws() {
        Random random = new Random(20_261_121);
        List<byte[]> samples = new ArrayList<>();
        for (String sample : hostile().filter(line -> line.length() < 2_000).toList()) {
            samples.add(Answers.bytes(sample));
        }
        samples.add(Answers.bytes(LINE));
        byte[] tokens = Answers.bytes("{}[]',:\\u0d8tfn1-.e \u00e9\n\r");
        int sound = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = samples.get(random.nextInt(samples.size())).clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                body[random.nextInt(body.length)] =
                        random.nextBoolean() ? (byte) random.nextInt(256) : tokens[random.nextInt(tokens.length)];
            }
            byte[] cut = random.nextInt(3) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
            Endpoint endpoint = ENDPOINTS.get(random.nextInt(ENDPOINTS.size()));
            sound += Answers.found(endpoint, cut, AnswerEnd.WHOLE).isEmpty() ? 1 : 0;
        }
        assertThat(sound).isBetween(20, 10_000);
    }

    private static void event(AnswerMemory memory, Probe probe, String id) {
        JsonText text = JsonText.read(Answers.bytes(Answers.event(id)));
        memory.event(Objects.requireNonNull(text.root()), probe);
    }

    private static String event(String members) {
        return "{'result':{'response':{'sessionId':'s-1','responseEvents':[{" + members + "}]}}}";
    }
}
