package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.stub.Redaction;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of a real stub, replayed by another one. */
final class RecorderTest {
    private static final Path SHIPPED = Path.of("stubs/__files/recordings");
    private static final Path JOURNEYS = Path.of("simulations/journeys");

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private Path out = Path.of("");
    private Optional<Path> against = Optional.empty();

    @BeforeEach
    void name() {
        out = folder.resolve("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-status", "product-search", "sofia"})
    void what_the_stub_said_is_recorded_as_it_was_recorded_before(String journey) throws Exception {
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(10))) {
            assertThat(record(stub, JOURNEYS.resolve(journey + ".yaml"), 1)).isTrue();
            assertThat(get(stub, "/__admin/firstline")).contains("\"open_sessions\":0");
        }

        Path recorded = out.resolve("__files/recordings");
        try (Stream<Path> turns = Files.list(SHIPPED.resolve(journey))) {
            for (Path turn : turns.toList()) {
                assertThat(lines(recorded.resolve(journey).resolve(turn.getFileName())))
                        .isEqualTo(lines(turn));
            }
        }
        for (String single : List.of("init.ndjson", "health.ndjson", "close.ndjson")) {
            assertThat(lines(recorded.resolve(single))).isEqualTo(lines(SHIPPED.resolve(single)));
            assertThat(Files.readString(recorded.resolve(single))).contains("\"from\":{\"source\":\"there\"");
        }
    }

    @Test
    void what_was_recorded_is_served_at_once() throws Exception {
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(0))) {
            record(stub, JOURNEYS.resolve("greeting.yaml"), 3);
        }
        assertThat(said).anyMatch(line -> line.startsWith("take 3 of 3: turn 1 first line after "));
        assertThat(out.resolve("__files/takes/greeting/turn-2")).isDirectoryContaining("glob:**/take-003.ndjson");
        assertThat(folder.resolve("reports/runs")).isEmptyDirectory();

        try (StubServer replay =
                StubServer.start(StubOptions.defaults().withRoot(out).withSpeed(0))) {
            Path again = folder.resolve("again");
            Path first = out;
            out = again;
            record(replay, JOURNEYS.resolve("greeting.yaml"), 1);

            for (String turn : List.of("turn-1.ndjson", "turn-2.ndjson")) {
                assertThat(lines(again.resolve("__files/recordings/greeting").resolve(turn)))
                        .isEqualTo(lines(
                                first.resolve("__files/recordings/greeting").resolve(turn)));
            }
        }
    }

    @Test
    void takes_replace_those_that_were_there_and_are_compared_with_others() throws Exception {
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(0))) {
            record(stub, JOURNEYS.resolve("greeting.yaml"), 3);
            record(stub, JOURNEYS.resolve("greeting.yaml"), 2);
            assertThat(filesIn(out.resolve("__files/takes/greeting/turn-1")))
                    .containsExactly("take-001.ndjson", "take-002.ndjson");
            assertThat(said).noneMatch(line -> line.contains("apart"));

            against = Optional.of(out);
            out = folder.resolve("again");
            record(stub, JOURNEYS.resolve("greeting.yaml"), 3);
        }
        assertThat(said.subList(said.indexOf("beside the takes in " + against.orElseThrow() + ":") + 1, said.size()))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("  turn 1, first line: \\d+\\.\\d ms apart on average, KS [01]\\.\\d{3} "
                                        + "\\(of too few\\), 3 and 2 times"),
                        line -> assertThat(line).startsWith("  turn 1, gaps: ").endsWith(", 3 and 2 times"),
                        line -> assertThat(line).startsWith("  turn 2, first line: "),
                        line -> assertThat(line).startsWith("  turn 2, gaps: ").endsWith(", 6 and 4 times"));
    }

    @Test
    void what_cannot_be_written_or_compared_is_refused_before_anybody_is_asked() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(0))) {
            Path journey = JOURNEYS.resolve("greeting.yaml");
            against = Optional.of(folder.resolve("empty"));
            assertThatThrownBy(() -> record(stub, journey, 2)).hasMessageContaining("takes of greeting");
            assertThatThrownBy(() -> record(stub, journey, 1)).hasMessageContaining("--takes");
            against = Optional.of(out.resolve("../out"));
            assertThatThrownBy(() -> record(stub, journey, 2)).hasMessageContaining("two folders");
            against = Optional.empty();
            out = file.resolve("below");
            assertThatThrownBy(() -> record(stub, journey, 1)).hasMessageContaining("a folder for recordings");
            assertThat(get(stub, "/__admin/requests")).contains("\"requests\" : [ ]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reset;at=2, '\"fault\":\"reset\"'",
        "truncate;at=2, '\"newline\":false'",
        "malformed;at=2, '\"raw\":\"{\\\"result\\\"'",
        "status;http=503, '\"status\":503'",
    })
    void a_broken_answer_is_recorded_too_and_the_session_closed(String fault, String row) throws Exception {
        try (StubServer stub =
                StubServer.start(StubOptions.defaults().withSpeed(10).withFault(fault))) {
            assertThat(record(stub, JOURNEYS.resolve("greeting.yaml"), 1)).isTrue();
            assertThat(get(stub, "/__admin/firstline")).contains("\"open_sessions\":0");
        }

        assertThat(Files.readString(out.resolve("__files/recordings/greeting/turn-1.ndjson")))
                .contains(row);
    }

    @Test
    void without_a_session_nothing_is_recorded() throws Exception {
        try (StubServer stub = StubServer.start(StubOptions.defaults().withFault("status;http=429;on=init"))) {
            assertThat(record(stub, JOURNEYS.resolve("greeting.yaml"), 1)).isFalse();
        }

        assertThat(said).containsExactly("take 1 is not recorded: init answered 429 and no session");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("reports/runs")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {baseUrl: "https://a.example.com", environment: production, apiKeyEnv: K, businessId: b, \
            caps: {journeysPerSecond: 1, openSessions: 1, minutes: 1}} | production
            {baseUrl: "https://a.example.com", environment: staging, apiKeyEnv: NO_SUCH, businessId: b, \
            caps: {journeysPerSecond: 1, openSessions: 1, minutes: 1}} | NO_SUCH
            {baseUrl: "https://a.example.com", environment: staging, apiKeyEnv: K, businessId: b, \
            caps: {journeysPerSecond: 1, openSessions: 1, minutes: 1}} | minutes
            """)
    void a_target_is_as_safe_from_recording_as_from_load(String target, String said) throws Exception {
        Path targets = Files.writeString(folder.resolve("targets.yaml"), "targets:\n  there: " + target + "\n");
        Path slow = Files.writeString(folder.resolve("slow.yaml"), """
                name: slow
                description: Thinks for ten minutes.
                turns:
                  - say: "a"
                  - think: 10m
                    say: "b"
                """);

        assertThatThrownBy(() -> Recorder.record(
                        new Recorder.Wish("there", targets, slow, out, folder.resolve("reports"), 1, Optional.empty()),
                        Redaction.of(List.of(), List.of()),
                        Map.of("K", "a-key-of-somebody"),
                        this.said::add))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(said);
        assertThat(out).doesNotExist();
    }

    @Test
    void a_recording_that_would_answer_what_another_does_is_refused() throws Exception {
        Path other = out.resolve("__files/recordings/elsewhere.ndjson");
        Files.createDirectories(other.getParent());
        Files.copy(SHIPPED.resolve("greeting/turn-2.ndjson"), other);
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(0))) {
            assertThatThrownBy(() -> record(stub, JOURNEYS.resolve("greeting.yaml"), 1))
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("elsewhere.ndjson");
        }
    }

    private boolean record(StubServer stub, Path journey, int takes) throws Exception {
        Path targets = Files.writeString(
                folder.resolve("targets.yaml"),
                "targets:\n  there: {baseUrl: \"%s\", environment: stub}\n".formatted(stub.baseUrl()));
        return Recorder.record(
                new Recorder.Wish("there", targets, journey, out, folder.resolve("reports"), takes, against),
                Redaction.of(List.of(), List.of()),
                Map.of(),
                said::add);
    }

    /** What a recording says, whenever it said it and whenever that was. */
    private static List<String> lines(Path recording) throws IOException {
        return Files.readAllLines(recording).stream()
                .filter(row -> row.startsWith("{\"at\""))
                .map(row -> row.replaceAll("^\\{\"at\":[\\d.]+,", "{")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "{{now}}"))
                .toList();
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String get(StubServer stub, String path) throws IOException, InterruptedException {
        URI page = stub.baseUrl().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
