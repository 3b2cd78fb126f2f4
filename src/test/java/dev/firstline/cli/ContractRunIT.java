package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import io.qameta.allure.Epic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract under load: runs from the jar against answers that break a rule at a known place. */
@Epic("Command line")
final class ContractRunIT {
    private static final Duration A_RUN = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_LEAK = "{leaked_sessions: 0}";
    private static final String MISTYPED = "{'agentHandoverEvent':{'triggerHandover':'yes'},'eventId':'odd'}";

    @TempDir
    private Path folder;

    @Test
    void one_bad_line_in_ten_thousand_is_found_every_time() throws Exception {
        int lines = 2_500;
        int bad = 1_777;
        Scene scene = Scene.in(folder, NO_LEAK);
        for (String name : List.of("long-1", "long-2", "long-3")) {
            scene.answers(name, good(lines));
        }
        List<String> spoilt = new ArrayList<>(good(lines));
        spoilt.set(bad - 1, Scene.line(MISTYPED));
        scene.answers("spoilt", spoilt);
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, Scene.smoke("--rounds", "4", "--duration", "4s", "--speed", "0"));

        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(ended.out()).contains("FAIL: 4 violations", "wrong-type 4", "4 contract_violation");
        JsonNode summary = summary(jar);
        assertThat(summary.at("/outcomes").toString()).isEqualTo("{\"contract_violation\":4,\"ok\":12}");
        int all = 16 * lines + 16 + 16;
        assertThat(summary.at("/contract").toString())
                .isEqualTo("{\"lines\":" + all + ",\"checked\":" + all
                        + ",\"violations\":4,\"drifts\":0,\"rules\":{\"wrong-type\":4},\"broken\":[\"wrong-type\"]}");
        assertThat(findings(jar)).hasSize(4).allSatisfy(found -> {
            assertThat(found.facts().at("/findings/0/line").asInt()).isEqualTo(bad);
            assertThat(found.lines()).hasSize(lines);
            assertThat(found.lines().get(bad - 1))
                    .isEqualTo(Scene.line(MISTYPED).replace('\'', '"').replace("{{sessionId}}", found.session()));
        });
    }

    /** What a load run says is what the contract says of the same bytes, and each surprise goes by its own name. */
    @Test
    void six_surprises_have_their_own_names_and_places() throws Exception {
        String events = "/result/response/responseEvents/0";
        Map<String, List<String>> expected = Map.of(
                "mistyped", List.of("wrong-type", events + "/agentHandoverEvent/triggerHandover"),
                "two-kinds", List.of("two-kinds", events),
                "two-spellings", List.of("both-spellings", events + "/message_event"),
                "stranger", List.of("foreign-session", "/result/response/sessionId"),
                "new-field", List.of("unknown-field", events + "/messageEvent/mood"),
                "new-event", List.of("unknown-event", events + "/danceEvent"));
        sixSurprises();
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, Scene.smoke("--rounds", "1", "--duration", "2s"));

        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(summary(jar).at("/outcomes").toString()).isEqualTo("{\"contract_violation\":4,\"ok\":2}");
        Contracts contracts = Contracts.load(ContractFiles.shipped());
        List<Found> findings = findings(jar);
        assertThat(findings).hasSize(6).allSatisfy(found -> {
            JsonNode first = found.facts().at("/findings/0");
            assertThat(List.of(
                            found.facts().at("/rule").asText(),
                            first.at("/pointer").asText()))
                    .isEqualTo(expected.get(found.facts().at("/journey").asText()));
            assertThat(first.at("/line").asInt()).isEqualTo(2);
            assertThat(direct(contracts, found)).isEqualTo(told(found));
        });
        String kept = folder.relativize(jar.run()) + "/findings/two-kinds/1.ndjson";
        Jar.Ended again = jar.run(A_RUN, "check", "--format", "json", kept);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("\"rule\":\"two-kinds\"", "\"line\":2", "\"pointer\":\"" + events + "\"");
        for (String page : List.of("verdict.md", "index.html", "junit.xml", "findings/index.txt")) {
            assertThat(Jar.text(jar.run().resolve(page)))
                    .as(page)
                    .contains(expected.values().stream().map(one -> one.get(0)).toList());
        }
    }

    @Test
    void drift_fails_only_a_strict_run() throws Exception {
        Scene scene = Scene.in(folder, NO_LEAK);
        scene.answers("new-event", surprise("{'danceEvent':{'steps':3},'eventId':'e-2'}"));
        Jar jar = new Jar(folder);

        Jar.Ended lenient = jar.run(A_RUN, Scene.smoke("--rounds", "1", "--duration", "1s"));
        assertThat(lenient.code()).as(lenient.all()).isZero();
        assertThat(lenient.out()).contains("PASS", "0 violations, 1 drifts in 5 of 5 lines (unknown-event 1)");

        Jar.Ended strict = jar.run(A_RUN, Scene.smoke("--rounds", "1", "--duration", "1s", "--strict"));
        assertThat(strict.code()).as(strict.all()).isEqualTo(1);
        assertThat(strict.out()).contains("FAIL: 1 drifts in 5 lines: unknown-event 1");
        assertThat(summary(jar).at("/outcomes").toString()).isEqualTo("{\"ok\":1}");
    }

    /** A23: who has closed the session itself may say that it is not open. */
    @Test
    void a_close_that_fails_after_the_agents_own_is_tolerated() throws Exception {
        Scene scene = Scene.in(folder, NO_LEAK, "{outcome: ko, share: 0}");
        scene.answers("goodbye", surprise("{'sessionCloseEvent':{},'eventId':'odd'}"));
        scene.write("stubs/__files/recordings/close.ndjson", """
                {'recording':1,'answers':{'endpoint':'close'},'status':200,\
                'headers':{'Content-Type':'application/json'},\
                'headersAt':1,'endAt':2,'placeholders':[],\
                'from':{'source':'written by hand','date':'2026-11-20','harness':'0.1.0'}}
                {'at':1,'line':{'error':{'code':9,'message':'the session is closed','details':[]}}}
                """.replace('\'', '"'));
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, Scene.smoke("--rounds", "1", "--duration", "1s"));

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).contains("PASS", "0 violations, 0 drifts in 5 of 5 lines");
    }

    @Test
    void the_targets_key_is_in_no_file_and_on_no_console() throws Exception {
        String key = "sk-echoed-by-the-agent/42";
        String escaped = key.replace("-", "\\u002d").replace("/", "\\/");
        Scene scene = Scene.in(folder, NO_LEAK);
        scene.write(
                "targets.yaml", "targets:\n  stub: {baseUrl: embedded, environment: stub, apiKeyEnv: ECHOED_KEY}\n");
        scene.answers(
                "echo",
                surprise("{'agentHandoverEvent':{'triggerHandover':'" + key + "','reason':'" + escaped
                        + "','clientSecret':'hush'},'eventId':'e-2'}"));
        Jar jar = new Jar(folder, Map.of("ECHOED_KEY", key));

        Jar.Ended ended = jar.run(A_RUN, Scene.smoke("--rounds", "1", "--duration", "1s", "--targets", "targets.yaml"));

        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(ended.all()).doesNotContain(key, escaped);
        assertThat(findings(jar))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.lines().get(1))
                        .contains("\"triggerHandover\":\"***\",\"reason\":\"***\",\"clientSecret\":\"***\""));
        try (Stream<Path> files = Files.walk(folder.resolve("reports"))) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(key, escaped, "hush"));
        }
    }

    private void sixSurprises() throws IOException {
        Scene scene = Scene.in(folder, NO_LEAK);
        String message = "'messageEvent':{'role':'ASSISTANT','content':{'textContent':{'text':'Yes'}}";
        scene.answers("mistyped", surprise(MISTYPED));
        scene.answers("two-kinds", surprise("{" + message + "},'chatSuggestionEvent':{'suggestedQuestions':['No?']}}"));
        scene.answers("two-spellings", surprise("{" + message + "}," + message.replace("eE", "e_e") + "}}"));
        List<String> stranger = new ArrayList<>(good(3));
        stranger.set(1, stranger.get(1).replace("{{sessionId}}", "somebody-else"));
        scene.answers("stranger", stranger);
        scene.answers("new-field", surprise("{" + message + ",'mood':'good'}}"));
        scene.answers("new-event", surprise("{'danceEvent':{'steps':3},'eventId':'e-2'}"));
    }

    private static List<String> good(int lines) {
        return IntStream.rangeClosed(1, lines)
                .mapToObj(i -> Scene.line(Scene.says("Line " + i, i)))
                .toList();
    }

    /** A good line, one with this event, and a good one. */
    private static List<String> surprise(String event) {
        List<String> lines = new ArrayList<>(good(3));
        lines.set(1, Scene.line(event));
        return lines;
    }

    /** An answer that a run kept. */
    private record Found(JsonNode facts, String answer) {
        List<String> lines() {
            return answer.lines().toList();
        }

        String session() throws IOException {
            return JSON.readTree(lines().get(0))
                    .at("/result/response/sessionId")
                    .asText();
        }
    }

    private static List<Found> findings(Jar jar) throws IOException {
        List<Found> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(jar.run().resolve("findings"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".json")).toList()) {
                Path answer = file.resolveSibling(file.getFileName().toString().replace(".json", ".ndjson"));
                findings.add(new Found(JSON.readTree(file.toFile()), Files.readString(answer)));
            }
        }
        return findings;
    }

    /** Everything the contract finds in the kept bytes. */
    private static List<String> direct(Contracts contracts, Found found) throws IOException {
        List<String> findings = new ArrayList<>();
        AnswerChecker checker = contracts.answer(
                Endpoint.INVOKE,
                found.session(),
                (finding, line) -> findings.add(finding.rule().id() + " " + finding.line() + " " + finding.pointer()
                        + " " + finding.message()));
        checker.head(200, "application/json");
        new LineDecoder().feed(StandardCharsets.UTF_8.encode(found.answer()), checker::line);
        checker.end(AnswerEnd.WHOLE);
        return findings;
    }

    private static List<String> told(Found found) {
        List<String> findings = new ArrayList<>();
        for (JsonNode one : found.facts().at("/findings")) {
            findings.add(
                    found.facts().at("/rule").asText() + " " + one.at("/line").asInt() + " "
                            + one.at("/pointer").asText() + " promised "
                            + one.at("/promised").asText() + ", saw "
                            + one.at("/seen").asText());
        }
        return findings;
    }

    private static JsonNode summary(Jar jar) throws IOException {
        return JSON.readTree(jar.run().resolve("summary.json").toFile());
    }
}
