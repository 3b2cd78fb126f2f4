package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.Misuse;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.journey.Ledger;
import dev.firstline.report.ReportFiles;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SharesFile;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path root;

    private final List<String> said = new ArrayList<>();

    private SharedLoad load(long seed) throws IOException {
        return new SharedLoad(root, 3, seed);
    }

    private Finished merge(SharedLoad load, Path out, List<Path> places) throws Exception {
        return Merge.merge(
                        new Merge.Order(places, out, load.contracts(), false, 0, Duration.ZERO),
                        Clock.system(),
                        said::add)
                .orElseThrow();
    }

    private Finished merge(SharedLoad load) throws Exception {
        return merge(load, root.resolve("out"), load.folders());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_three_have_measured_is_what_one_would_have(long seed) throws Exception {
        SharedLoad load = load(seed).walk();
        Finished merged = merge(load);
        RunSummary unsplit = load.unsplit();

        assertThat(merged.verdict().decision())
                .as("%s", merged.verdict().reasons())
                .isEqualTo(Decision.PASS);
        assertThat(facts(merged.folder())).isEqualTo(facts(JSON.valueToTree(unsplit.judged(true))));
        assertThat(rows(merged.folder())).containsExactlyInAnyOrderElementsOf(rows(root.resolve("unsplit")));
        for (int i = 0; i < unsplit.windows().size(); i++) {
            assertThat(merged.summary().windows().get(i).openSessions())
                    .isCloseTo(unsplit.windows().get(i).openSessions(), within(1L));
        }
        assertThat(merged.summary().fingerprint()).containsEntry("machine", "2 processors + 4 processors");
        assertThat(SharesFile.read(merged.folder()).orElseThrow().parts())
                .extracting(Shares.Part::injector)
                .containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void it_does_not_matter_in_which_order_and_in_how_many_steps(long seed) throws Exception {
        SharedLoad load = load(seed).walk();
        Random random = new Random(seed);
        if (seed % 2 == 0) {
            load.kill(random.nextInt(3), 12);
        }
        Path atOnce = merge(load).folder();
        List<Path> folders = new ArrayList<>(load.folders());
        Collections.shuffle(folders, random);
        Path two = merge(load, root.resolve("two"), folders.subList(0, 2)).folder();
        Path steps =
                merge(load, root.resolve("steps"), List.of(folders.get(2), two)).folder();

        assertThat(rows(steps)).isEqualTo(rows(atOnce));
        assertThat(summary(steps)).isEqualTo(summary(atOnce));
        assertThat(named(JSON.readTree(steps.resolve("verdict.json").toFile())))
                .isEqualTo(named(JSON.readTree(atOnce.resolve("verdict.json").toFile())));
        assertThat(steps.resolve(SharesFile.NAME)).hasSameTextualContentAs(atOnce.resolve(SharesFile.NAME));
    }

    @Test
    void a_folder_of_all_folders_will_do_and_what_is_merged_there_is_not_merged_again() throws Exception {
        SharedLoad load = load(1).walk();
        Path results = root.resolve("results");

        Finished first = merge(load, results.resolve("all"), List.of(results));
        Finished second = merge(load, results.resolve("again"), List.of(results));

        assertThat(second.summary().turns()).isEqualTo(first.summary().turns());
        assertThatThrownBy(() -> merge(load, root.resolve("x"), List.of(results.resolve("all"), load.folder(1))))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("injector 1 of 3 twice")
                .hasMessageContaining(results.resolve("all").toString())
                .hasMessageContaining(load.folder(1).toString());
    }

    @Test
    void the_verdicts_files_are_those_of_a_run() throws Exception {
        SharedLoad load = load(1).walk();
        Finished merged = merge(load);
        String page = Files.readString(merged.folder().resolve("index.html"));

        assertThat(page).contains("Injectors").contains(SharedLoad.run(2));
        assertThat(Files.readString(merged.folder().resolve("verdict.md"))).contains("| injector | run |");
        assertThat(merged.folder().resolve("junit.xml")).exists();
        assertThat(merged.folder().resolve(Ledger.FILE_NAME)).doesNotExist();
        assertThat(merged.table()).startsWith("PASS  load against stub");
        assertThat(merged.verdict().notes())
                .contains("clocks: injector 2 is 3 ms ± 0.3 ms ahead of injector 0; the others within 1.8 ms")
                .contains("3 injectors began within 1.4 ms of each other")
                .contains("why");

        Verdict before = ReportFiles.verdict(merged.folder());
        ReportFiles.rebuild(merged.folder());
        assertThat(Files.readString(merged.folder().resolve("index.html"))).isEqualTo(page);
        assertThat(Rejudge.write(merged.folder(), load.contracts(), false).decision())
                .isEqualTo(before.decision());
    }

    @Test
    void an_injector_that_was_killed_fails_the_run_and_loses_nothing() throws Exception {
        SharedLoad load = load(1).walk();
        load.kill(1, 17);
        Finished merged = merge(load);

        assertThat(merged.verdict().decision()).isEqualTo(Decision.FAIL);
        assertThat(facts(merged, Decision.FAIL))
                .anyMatch(fact -> fact.matches("injector 1 of 3 \\(" + SharedLoad.run(1)
                        + "\\) was lost after [0-9.]+ s: 17 of " + load.planned(1)
                        + " journeys began, 1 session is still open"));
        assertThat(merged.verdict().reasons())
                .anyMatch(reason -> reason.attempt().contains(load.folder(1) + "/ledger.jsonl"));
        assertThat(merged.summary().sessions().leaked()).isEqualTo(1);
        long journeys = SummaryFile.read(load.folder(0)).journeys()
                + SummaryFile.read(load.folder(2)).journeys();
        assertThat(merged.summary().journeys()).isBetween(journeys + 15, journeys + 17);
        assertThat(Files.readString(merged.folder().resolve("index.html"))).contains("<td>lost</td>");
    }

    @Test
    void an_injector_whose_log_has_not_even_a_head_is_lost_too_and_so_are_all() throws Exception {
        SharedLoad load = load(1);
        for (int injector = 0; injector < 3; injector++) {
            load.kill(injector, 2);
        }
        Files.write(load.folder(0).resolve(TurnLog.NAME), new byte[0]);
        Files.delete(load.folder(1).resolve(TurnLog.NAME));
        Finished merged = merge(load);

        assertThat(facts(merged, Decision.FAIL))
                .anyMatch(fact -> fact.startsWith(
                        "injector 0 of 3 (" + SharedLoad.run(0) + ") was lost before a call of it was recorded: 2 of "))
                .anyMatch(fact -> fact.startsWith("injector 1 of 3"))
                .anyMatch(fact -> fact.matches("injector 2 of 3 .* was lost after .*"));
        assertThat(merged.summary().target()).isEqualTo("stub");

        load.walk();
        load.kill(0, 2);
        Path lost = merge(load, root.resolve("lost"), List.of(load.folder(0))).folder();
        Finished all = merge(load, root.resolve("all"), List.of(lost, load.folder(1), load.folder(2)));
        assertThat(all.summary().fingerprint()).containsKey("contract");
        assertThat(all.summary().started()).isEqualTo("2026-11-20T18:00:00Z");
    }

    @Test
    void an_injector_without_a_folder_is_missing_and_none_at_all_is_no_run() throws Exception {
        SharedLoad load = load(1).walk();
        Finished merged = merge(load, root.resolve("out"), load.folders().subList(0, 2));

        assertThat(merged.exitCode()).isEqualTo(3);
        assertThat(facts(merged, Decision.NO_VERDICT))
                .containsExactly("injector 2 of 3 is missing: there is no folder of it");
        Path empty = Files.createDirectory(root.resolve("empty"));
        assertThat(Merge.merge(
                        new Merge.Order(List.of(empty), root.resolve("no"), null, false, 3, Duration.ZERO),
                        Clock.system(),
                        said::add))
                .isEmpty();
        assertThat(root.resolve("no")).doesNotExist();
        assertThatThrownBy(() -> merge(load, root.resolve("no"), List.of(empty)))
                .hasMessageContaining("--injectors");
    }

    @Test
    void who_waited_in_vain_says_for_whom_and_who_never_came_is_missing() throws Exception {
        SharedLoad load = load(1);
        load.waitInVain(0, "injector 0 of 3 waited 60 s without injector 2");
        load.waitInVain(1, "injector 1 of 3 waited 60 s without injector 2");

        Finished merged = merge(load, root.resolve("out"), load.folders().subList(0, 2));

        assertThat(merged.exitCode()).isEqualTo(3);
        assertThat(facts(merged, Decision.NO_VERDICT))
                .anyMatch(fact -> fact.contains("injector 0 of 3 waited 60 s without injector 2"))
                .anyMatch(fact -> fact.contains("injector 1 of 3 waited 60 s without injector 2"))
                .contains("injector 2 of 3 is missing: there is no folder of it")
                .noneMatch(fact -> fact.contains("turns.jsonl.gz"));
        assertThat(root.resolve("out/verdict.json")).exists();
    }

    @Test
    void who_was_ended_between_the_barrier_and_its_news_belongs_to_the_others() throws Exception {
        SharedLoad load = load(1);
        load.waitInVain(0, "ended from outside");
        load.walk(1);
        load.walk(2);

        Finished merged = merge(load, root.resolve("out"), load.folders());

        assertThat(facts(merged, Decision.NO_VERDICT)).anyMatch(fact -> fact.contains("ended from outside"));
        assertThat(SharesFile.read(root.resolve("out")).orElseThrow().haveMet()).isTrue();
    }

    @Test
    void a_ledger_that_tells_otherwise_or_is_not_there_leaves_no_verdict() throws Exception {
        SharedLoad load = load(1).walk();
        Path ledger = load.folder(0).resolve(Ledger.FILE_NAME);
        String key = SharedLoad.run(0) + "-i0-99999";
        Files.writeString(
                ledger,
                Files.readString(ledger) + "{\"row\":\"opened\",\"sessionId\":\"s-x\",\"clientKey\":\"" + key
                        + "\"}\n");
        Files.delete(load.folder(2).resolve(Ledger.FILE_NAME));
        Finished merged = merge(load);

        assertThat(facts(merged, Decision.NO_VERDICT)).hasSize(2);
        assertThat(facts(merged, Decision.NO_VERDICT))
                .anyMatch(fact -> fact.matches("injector 0 of 3 .*: its ledger has (\\d+) sessions opened and 1 open, "
                        + "its figures have \\d+ opened and 0 leaked"))
                .anyMatch(fact -> fact.matches("injector 2 of 3 .*: its ledger.jsonl is missing, .*"));
    }

    @Test
    void a_session_of_two_injectors_is_noticed_also_when_one_of_them_is_merged_already() throws Exception {
        SharedLoad load = load(1).walk();
        String session = "s-" + SharedLoad.run(2) + "-i2-00002";
        Path ledger = load.folder(0).resolve(Ledger.FILE_NAME);
        Files.writeString(
                ledger,
                Files.readString(ledger)
                        .replaceFirst("s-" + SharedLoad.run(0) + "-i0-00000", session)
                        .replaceFirst("s-" + SharedLoad.run(0) + "-i0-00000", session));
        Path merged =
                merge(load, root.resolve("two"), load.folders().subList(0, 2)).folder();
        assertThat(facts(merge(load), Decision.NO_VERDICT))
                .containsExactly("injectors 0 and 2 have 1 customers or sessions in common");
        assertThat(facts(merge(load, root.resolve("all"), List.of(load.folder(2), merged)), Decision.NO_VERDICT))
                .containsExactly("injectors 0 and 2 have 1 customers or sessions in common");
    }

    @Test
    void what_is_not_of_one_load_is_refused() throws Exception {
        SharedLoad load = load(1).walk();
        Path stranger = load.folder(1);
        Shares shares = SharesFile.read(stranger).orElseThrow();
        SharesFile.write(stranger, new Shares(1, "load-20261121T000000Z", 3, shares.parts()));
        refused(load, "shares of one load: load-20261120T180000Z of 3 injectors", stranger.toString());
        SharesFile.write(stranger, shares);

        RunSummary summary = SummaryFile.read(stranger);
        Map<String, String> other = new TreeMap<>(summary.fingerprint());
        other.put("rate", "9");
        SummaryFile.write(
                stranger,
                summary.of(new RunIdentity(
                        summary.run(), summary.simulation(), summary.target(), summary.started(), other)));
        refused(load, "rate: 9, there 2.0", stranger.toString());
        SummaryFile.write(
                stranger,
                summary.of(new RunIdentity(
                        summary.run(), summary.simulation(), "staging", summary.started(), summary.fingerprint())));
        refused(load, "the target stub", stranger.toString());
        SummaryFile.write(stranger, summary);

        Files.delete(stranger.resolve(SummaryFile.NAME));
        refused(load, "a run's folder with a summary.json", stranger.toString());
        SummaryFile.write(stranger, summary);

        Files.delete(stranger.resolve(SharesFile.NAME));
        refused(load, "a run without one", stranger.toString());
        SharesFile.write(stranger, shares);

        Files.writeString(
                load.contracts().resolve("slo.yaml"),
                Files.readString(load.contracts().resolve("slo.yaml")).replace("ttfl_ms: 800", "ttfl_ms: 700"));
        refused(load, "the contract by which the injectors counted", "slo.yaml", "firstline report");
    }

    @Test
    void a_folder_that_is_in_use_is_not_written_into() throws Exception {
        SharedLoad load = load(1).walk();
        Path full = Files.createDirectories(root.resolve("full"));
        Files.writeString(full.resolve("a.txt"), "mine");
        assertThatThrownBy(() -> merge(load, full, load.folders())).hasMessageContaining("is not written over");
        assertThatThrownBy(() -> merge(load, load.folder(0).resolve("all"), load.folders()))
                .hasMessageContaining("a folder outside of those that are merged");
        assertThat(load.folder(0).resolve("all")).doesNotExist();
        assertThatThrownBy(() -> Merge.merge(
                        new Merge.Order(load.folders(), full.resolve("x"), load.contracts(), false, 4, Duration.ZERO),
                        Clock.system(),
                        said::add))
                .hasMessageContaining("a load of 3 injectors");
    }

    @Test
    void what_gatling_logged_costs_no_verdict() throws Exception {
        SharedLoad load = load(1).walk();
        for (Path folder : load.folders().subList(0, 2)) {
            Files.createFile(Files.createDirectory(folder.resolve("gatling")).resolve("simulation.log"));
        }
        assertThat(merge(load).verdict().decision()).isEqualTo(Decision.PASS);
        assertThat(said)
                .containsExactly(
                        "Gatling's own log is missing: " + load.folder(2).resolve("gatling/simulation.log"),
                        "Gatling's own log is empty: " + load.folder(0).resolve("gatling/simulation.log"),
                        "Gatling's own log is empty: " + load.folder(1).resolve("gatling/simulation.log"));

        Files.writeString(load.folder(0).resolve("gatling/simulation.log"), "no log of Gatling's at all");
        assertThat(merge(load, root.resolve("again"), load.folders()).exitCode())
                .isZero();
        assertThat(said).last().asString().startsWith("Gatling's own logs are not merged:\nexpected ");
    }

    private void refused(SharedLoad load, String... facts) {
        assertThatThrownBy(() -> merge(load)).isInstanceOf(Misuse.class).hasMessageContainingAll(facts);
        assertThat(root.resolve("out")).doesNotExist();
    }

    private static List<String> facts(Finished merged, Decision decision) {
        return merged.verdict().reasons().stream()
                .filter(reason -> reason.decision() == decision)
                .map(Reason::fact)
                .toList();
    }

    private static List<String> rows(Path folder) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(TurnLog.NAME))), StandardCharsets.UTF_8))) {
            return in.lines().skip(1).toList();
        }
    }

    private static JsonNode summary(Path folder) throws IOException {
        return named(JSON.readTree(folder.resolve(SummaryFile.NAME).toFile()));
    }

    private static JsonNode named(JsonNode file) {
        ((ObjectNode) file).remove("run");
        return file;
    }

    private static JsonNode facts(Path folder) throws IOException {
        return facts(summary(folder));
    }

    /**
     * What a split changes: who measured, the bytes of an encoding, and by one or so the most open sessions, as rows
     * come in another order.
     */
    private static JsonNode facts(JsonNode summary) throws IOException {
        ObjectNode facts = (ObjectNode) summary;
        facts.remove(List.of("run", "fingerprint"));
        facts.findParents("histogram").forEach(metric -> ((ObjectNode) metric).remove(List.of("histogram")));
        facts.findParents("open_sessions").forEach(window -> ((ObjectNode) window).remove("open_sessions"));
        facts.findParents("waited_histogram").forEach(metric -> ((ObjectNode) metric).remove("waited_histogram"));
        return JSON.readTree(facts.toString());
    }
}
