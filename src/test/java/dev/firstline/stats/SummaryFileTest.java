package dev.firstline.stats;

import static dev.firstline.stats.Calls.HEALTH;
import static dev.firstline.stats.Calls.LIMITS;
import static dev.firstline.stats.Calls.RUN;
import static dev.firstline.stats.Calls.timing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SummaryFileTest {
    @TempDir
    private Path folder;

    private static RunSummary summary(boolean contractChecked) {
        RunTally tally = new RunTally(LIMITS);
        tally.add(Calls.init(0, 0, 40, Outcome.OK));
        for (int i = 0; i < 200; i++) {
            CallResult turn = Calls.invoke(0, 1 + i % 12, timing(100L * i, 1, 90, 20 + i % 50, 80), Outcome.OK);
            tally.add(contractChecked ? Calls.checked(turn, 2, 0, new RuleHit("unknown-field", false, 1)) : turn);
        }
        tally.add(Calls.invoke(0, 2, timing(0, 0, 10), Outcome.httpError(503, "14")));
        tally.add(new JourneyResult("greeting", 0, 0, 9_000_000, 0));
        return tally.summary(RUN, null, HEALTH);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_read_is_what_was_written(boolean contractChecked) throws IOException {
        RunSummary summary = summary(contractChecked);
        SummaryFile.write(folder, summary);
        SummaryFile.write(folder, summary);

        assertThat(SummaryFile.read(folder)).isEqualTo(summary);
        assertThat(SummaryFile.read(folder.resolve(SummaryFile.NAME))).isEqualTo(summary);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    /** The keys that the design promises to everybody who reads the file. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                  | run simulation target fingerprint journeys turns goodput stalled outcomes
                    ''                  | metrics by_turn by_kind sessions contract health
                    /goodput            | good attempts per_s
                    /stalled            | turns of
                    /outcomes           | ok http_error(503,14)
                    /metrics            | ttfl ttfl_service lag ttfc ttfb gap max_gap e2e journey init
                    /metrics/ttfl       | count p50_ms p90_ms p95_ms p99_ms max_ms waited histogram
                    /by_turn/12/ttfl    | count p50_ms
                    /by_kind/messageEvent.textContent/ttfl | count p50_ms
                    /sessions           | opened closed leaked
                    /contract           | lines checked violations drifts rules
                    /contract/rules     | unknown-field
                    /health             | lag_p99_ms loop_delay_p99_ms gc_pause_max_ms cpu offered achieved ok
                    """)
    void the_keys_are_the_designs(String pointer, String keys) throws IOException {
        SummaryFile.write(folder, summary(true));
        JsonNode place = tree().at(pointer);
        List<String> seen = new ArrayList<>();
        place.fieldNames().forEachRemaining(seen::add);
        assertThat(seen).contains(keys.split(" "));
    }

    @Test
    void values_are_milliseconds_and_null_where_they_cannot_be_told() throws IOException {
        SummaryFile.write(folder, summary(false));
        JsonNode ttfl = tree().at("/metrics/ttfl");
        assertThat(ttfl.get("count").asLong()).isEqualTo(201);
        assertThat(ttfl.get("waited").asLong()).isEqualTo(1);
        assertThat(ttfl.get("p95_ms").asDouble()).isBetween(60.0, 70.0);
        assertThat(ttfl.get("p99_ms").isNull()).isTrue();
        assertThat(tree().get("contract").isNull()).isTrue();
        assertThat(tree().has("contract")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "7",
                "\"summary\"",
                "{\"version\":1}",
                "{\"version\":",
                "\u0000\u0001PNG",
                "{\"version\":1,\"run\":{},\"metrics\":[]}",
                "{\"version\":null}"
            })
    void garbage_is_the_users_misuse(String text) throws IOException {
        Files.writeString(folder.resolve(SummaryFile.NAME), text);
        assertThatThrownBy(() -> SummaryFile.read(folder))
                .isInstanceOf(Misuse.class)
                .hasMessageNotContainingAny("Feature", "JsonToken", "dev.firstline");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "version" : 1      | "version" : 2
                    "version" : 1      | "version" : null
                    "metrics" :        | "metrix" :
                    "journeys" : 1     | "journeys" : "many"
                    "windows" :        | "windoze" :
                    """)
    void another_version_or_a_part_that_is_missing_is_the_users_misuse(String right, String wrong) throws IOException {
        SummaryFile.write(folder, summary(false));
        Path file = folder.resolve(SummaryFile.NAME);
        String text = Files.readString(file);
        assertThat(text).contains(right);
        Files.writeString(file, text.replace(right, wrong));
        assertThatThrownBy(() -> SummaryFile.read(folder)).isInstanceOf(Misuse.class);
    }

    @Test
    void two_summaries_in_one_file_are_none() throws IOException {
        SummaryFile.write(folder, summary(false));
        Path file = folder.resolve(SummaryFile.NAME);
        Files.writeString(file, Files.readString(file).repeat(2));
        assertThatThrownBy(() -> SummaryFile.read(folder)).isInstanceOf(Misuse.class);
    }

    @Test
    void a_member_of_a_later_harness_is_passed_over() throws IOException {
        SummaryFile.write(folder, summary(false));
        Path file = folder.resolve(SummaryFile.NAME);
        Files.writeString(
                file, Files.readString(file).replace("\"journeys\" : 1", "\"later\" : [1], \"journeys\" : 1"));
        assertThat(SummaryFile.read(folder)).isEqualTo(summary(false));
    }

    @Test
    void a_missing_one_is_the_users_misuse() {
        assertThatThrownBy(() -> SummaryFile.read(folder)).isInstanceOf(Misuse.class);
        assertThatThrownBy(() -> SummaryFile.read(folder.resolve("none"))).isInstanceOf(Misuse.class);
    }

    private JsonNode tree() throws IOException {
        return Json.MAPPER.readTree(Files.readAllBytes(folder.resolve(SummaryFile.NAME)));
    }
}
