package dev.firstline.stats;

import static dev.firstline.stats.Calls.RUN;
import static dev.firstline.stats.Calls.ms;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TurnLogTest {
    private static final List<CallResult> CALLS = List.of(
            Calls.init(0, 0, 40, Outcome.OK),
            Calls.checked(
                    Calls.invoke(0, 1, Calls.timing(40, 2, 300, 200, 210, 210), Outcome.streamError("14")),
                    3,
                    4,
                    new RuleHit("unknown-field", false, 2),
                    new RuleHit("data-after-error", true, 3)),
            Calls.invoke(
                    0,
                    2,
                    new CallTiming(
                            ms(400),
                            CallTiming.NEVER,
                            CallTiming.NEVER,
                            CallTiming.NEVER,
                            CallTiming.NEVER,
                            LineTimes.NONE,
                            ms(900)),
                    Outcome.of(Outcome.Kind.CONNECT_FAILED)),
            Calls.invoke(
                    0,
                    3,
                    new CallTiming(
                            ms(1_000),
                            ms(1_000),
                            ms(1_001),
                            ms(1_001),
                            ms(1_001),
                            LineTimes.of(ms(1_001), ms(1_002)).andBeyond(7, ms(50)),
                            ms(1_900)),
                    Outcome.OK),
            Calls.call(CallKind.INVOKE_SYNC, 0, 4, Calls.timing(2_000, 0, 5, 5), Outcome.httpError(503, "14")),
            Calls.close(0, 3_000, 30, Outcome.OK));
    private static final JourneyResult JOURNEY = new JourneyResult("greeting", 0, 0, ms(3_030), ms(700));

    @TempDir
    private Path folder;

    private final List<CallResult> calls = new ArrayList<>();
    private final List<JourneyResult> journeys = new ArrayList<>();

    @Test
    void what_is_read_is_what_was_written() throws IOException {
        write();
        assertThat(TurnLog.read(folder, calls::add, journeys::add)).isTrue();
        assertThat(calls).isEqualTo(CALLS);
        assertThat(journeys).containsExactly(JOURNEY);
    }

    @Test
    void times_are_kept_to_the_microsecond() throws IOException {
        CallTiming exact =
                new CallTiming(1_999, 2_998, 3_999, 4_000, 5_001, LineTimes.of(5_001, 7_777_777), 9_000_000_000_999L);
        try (TurnLog log = TurnLog.create(folder, RUN)) {
            log.write(Calls.invoke(0, 1, exact, Outcome.OK));
        }
        TurnLog.read(folder, calls::add, journeys::add);
        CallTiming read = calls.get(0).timing();
        assertThat(Math.abs(read.lagNanos() - exact.lagNanos())).isLessThan(1_000);
        assertThat(Math.abs(read.ttflNanos() - exact.ttflNanos())).isLessThan(1_000);
        assertThat(Math.abs(read.e2eNanos() - exact.e2eNanos())).isLessThan(1_000);
        assertThat(Math.abs(read.lines().gapNanosMax() - exact.lines().gapNanosMax()))
                .isLessThan(1_000);
        assertThat(read.ttflNanos()).isEqualTo(read.lagNanos() + read.ttflServiceNanos());
    }

    @Test
    void a_row_has_no_place_for_what_a_customer_said() throws IOException {
        write();
        TreeSet<String> keys = new TreeSet<>();
        byte[] text = new GZIPInputStream(Files.newInputStream(folder.resolve(TurnLog.NAME))).readAllBytes();
        for (String row : new String(text, UTF_8).lines().skip(1).toList()) {
            JsonNode tree = Json.MAPPER.readTree(row);
            tree.fieldNames().forEachRemaining(keys::add);
        }
        assertThat(keys)
                .containsExactly(
                        "call",
                        "checked",
                        "due",
                        "end",
                        "findings",
                        "first_byte",
                        "first_content",
                        "first_kind",
                        "headers",
                        "journey",
                        "kinds",
                        "lines",
                        "lines_beyond",
                        "max_gap",
                        "number",
                        "outcome",
                        "sent",
                        "session",
                        "think",
                        "turn",
                        "unchecked");
    }

    @Test
    void a_killed_writers_log_is_read_as_far_as_it_was_flushed() throws IOException {
        try (TurnLog log = TurnLog.create(folder, RUN)) {
            for (CallResult call : CALLS) {
                log.write(call);
            }
            log.flush();
            assertThat(TurnLog.read(folder, calls::add, journeys::add)).isFalse();
            assertThat(calls).isEqualTo(CALLS);
        }
    }

    @Test
    void a_log_that_is_cut_anywhere_is_read_as_far_as_it_goes() throws IOException {
        write();
        Path file = folder.resolve(TurnLog.NAME);
        byte[] whole = Files.readAllBytes(file);
        int most = 0;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<CallResult> read = new ArrayList<>();
            assertThat(TurnLog.read(folder, read::add, journeys::add)).isFalse();
            assertThat(read).isEqualTo(CALLS.subList(0, read.size())).hasSizeGreaterThanOrEqualTo(most);
            most = read.size();
        }
        assertThat(most).isEqualTo(CALLS.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"call\":\"invoke\"}",
                "{\"journey\":\"greeting\"}",
                "{\"call\":\"dance\",\"journey\":\"greeting\",\"number\":0,\"due\":0,\"end\":1}",
                "{\"call\":\"init\",\"journey\":\"greeting\",\"number\":0,\"due\":0,\"end\":-1}",
                "{\"call\":\"init\",\"journey\":\"greeting\",\"number\":0,\"due\":0,\"end\":1,\"outcome\":\"fine\"}",
                "{\"call\":\"init\",\"journey\":\"g\",\"number\":0,\"due\":0,\"end\":1,\"lines\":[2,1]}",
                "{\"call\":\"init\",\"journey\":\"g\",\"number\":0,\"due\":0,\"end\":1,\"lines\":[null]}"
            })
    void a_row_that_is_none_is_the_users_misuse(String row) throws IOException {
        Files.write(folder.resolve(TurnLog.NAME), zipped("{\"firstline_turns\":1}\n" + row + "\n"));
        assertThatThrownBy(() -> TurnLog.read(folder, calls::add, journeys::add))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(TurnLog.NAME + ":2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"firstline_turns\":2}", "{}", "null", "hello", "\u0000\u0001"})
    void another_kind_of_file_is_the_users_misuse(String head) throws IOException {
        Files.write(folder.resolve(TurnLog.NAME), zipped(head + "\n"));
        assertThatThrownBy(() -> TurnLog.read(folder, calls::add, journeys::add))
                .isInstanceOf(Misuse.class);

        Files.writeString(folder.resolve(TurnLog.NAME), head + " which is not compressed");
        assertThatThrownBy(() -> TurnLog.read(folder, calls::add, journeys::add))
                .isInstanceOf(Misuse.class);

        Files.delete(folder.resolve(TurnLog.NAME));
        assertThatThrownBy(() -> TurnLog.read(folder, calls::add, journeys::add))
                .isInstanceOf(Misuse.class);
    }

    private void write() throws IOException {
        try (TurnLog log = TurnLog.create(folder, RUN)) {
            for (CallResult call : CALLS) {
                log.write(call);
            }
            log.write(JOURNEY);
        }
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            new ByteArrayInputStream(text.getBytes(UTF_8)).transferTo(zip);
        }
        return bytes.toByteArray();
    }
}
