package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.gate.Accepted;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Fingerprint;
import dev.firstline.gate.Fleet;
import dev.firstline.gate.Fleet.Service;
import dev.firstline.gate.Tolerance;
import dev.firstline.stats.FakeClock;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SummaryFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BaselinesTest {
    private static final int BYTES_MAX = 16_000;

    @TempDir
    private Path root;

    private final Fleet fleet = new Fleet(1, 0.03);

    private static Accepted accepted(RunSummary run) {
        return new Accepted(Accepted.VERSION, run.started(), "a release", Decision.PASS, false, run.slim());
    }

    private List<String> names(RunSummary like) {
        return new Baselines(root)
                .nearest(like).stream().map(one -> one.summary().run()).toList();
    }

    @Test
    void what_is_read_is_what_was_accepted_and_small() throws Exception {
        RunSummary run = fleet.run(Service.USUAL);

        new Baselines(root).accept(List.of(accepted(run)));

        Path file =
                root.resolve("load").resolve(Fingerprint.id(run.fingerprint())).resolve(run.run() + ".json");
        assertThat(new Baselines(root).nearest(run)).containsExactly(accepted(run));
        assertThat(Files.size(file)).isLessThan(BYTES_MAX);
        assertThat(file).content().contains("\"why\" : \"a release\"").doesNotContain("HISTF");
    }

    @Test
    void the_last_forty_are_kept() {
        List<RunSummary> runs = fleet.usual(45);

        runs.forEach(run -> new Baselines(root).accept(List.of(accepted(run))));

        assertThat(names(runs.get(0))).hasSize(40).startsWith("load-0005").endsWith("load-0044");
    }

    @Test
    void many_who_accept_at_once_lose_nothing() throws Exception {
        List<RunSummary> runs = fleet.usual(32);
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> accepts = runs.stream()
                    .map(run -> (Callable<Void>) () -> {
                        new Baselines(root).accept(List.of(accepted(run)));
                        return null;
                    })
                    .toList();
            for (var done : many.invokeAll(accepts)) {
                done.get();
            }
        } finally {
            many.shutdownNow();
        }

        assertThat(names(runs.get(0))).hasSize(32);
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".tmp"));
        }
    }

    @Test
    void without_a_baseline_of_its_own_a_run_is_held_against_the_nearest() {
        RunSummary run = fleet.run(Service.USUAL);
        RunSummary near = moved(Map.of("rate", "5", "machine", "64 processors"));
        RunSummary far = moved(Map.of("rate", "50", "machine", "64 processors"));
        Baselines baselines = new Baselines(root);
        baselines.accept(List.of(accepted(far)));
        baselines.accept(List.of(accepted(near)));

        assertThat(names(run)).containsExactly(near.run());
        assertThat(baselines.named(far.run())).contains(accepted(far));
        assertThat(baselines.all("load")).hasSize(2);
        assertThat(baselines.all("soak")).isEmpty();
    }

    private RunSummary moved(Map<String, String> fingerprint) {
        RunSummary run = fleet.run(Service.USUAL);
        return Fleet.with(run, fingerprint, run.byKind(), run.health());
    }

    @Test
    void another_run_of_the_same_name_is_refused_and_the_same_one_is_not() {
        RunSummary run = new Fleet(1, 0.03).run(Service.USUAL);
        RunSummary other = new Fleet(2, 0.03).run(Service.USUAL);
        Baselines baselines = new Baselines(root);
        baselines.accept(List.of(accepted(run)));
        baselines.accept(List.of(accepted(run)));

        assertThatThrownBy(() -> baselines.accept(List.of(accepted(other))))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("another run of that name");
        assertThat(names(run)).hasSize(1);
    }

    private Path onlyFile() throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Copies would count as runs, and make the spread of runs look small. */
    @Test
    void a_file_under_another_name_than_its_runs_is_refused() throws Exception {
        RunSummary run = fleet.run(Service.USUAL);
        new Baselines(root).accept(List.of(accepted(run)));
        Files.copy(onlyFile(), onlyFile().resolveSibling("a-copy.json"));

        assertThatThrownBy(() -> names(run))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(run.run() + ".json")
                .hasMessageContaining("a-copy.json");
    }

    @Test
    void a_folder_or_a_dangling_link_in_the_place_of_a_file_is_told() throws Exception {
        RunSummary run = fleet.run(Service.USUAL);
        new Baselines(root).accept(List.of(accepted(run)));
        Path folder = Files.createDirectory(onlyFile().resolveSibling("x.json"));

        assertThatThrownBy(() -> names(run)).isInstanceOf(Misuse.class).hasMessageContaining("x.json");
        Files.delete(folder);
        Files.createSymbolicLink(folder, Path.of("nowhere"));
        assertThatThrownBy(() -> names(run)).isInstanceOf(Misuse.class).hasMessageContaining("x.json");
    }

    private Path reports() {
        return root.resolve("reports");
    }

    private Gates gates() {
        return new Gates(reports(), null);
    }

    /** Writes runs as a run would leave them, and gives their names. */
    private List<String> written(List<RunSummary> runs) throws Exception {
        for (RunSummary run : runs) {
            Path there = Files.createDirectories(reports().resolve("runs").resolve(run.run()));
            SummaryFile.write(there, run);
            Files.writeString(there.resolve("verdict.json"), """
                    {"version": 1, "run": "%s", "simulation": "load", "target": "stub", "verdict": "PASS",
                     "exit_code": 0, "promises": [], "reasons": [], "doubts": [], "notes": []}
                    """.formatted(run.run()));
        }
        return runs.stream().map(RunSummary::run).toList();
    }

    private List<String> accept(List<String> runs, boolean cut) {
        return gates().accept(runs, "a release", cut, new FakeClock());
    }

    private List<Accepted> kept() {
        return new Baselines(reports().resolve("baselines"))
                .all("load").stream().flatMap(shelf -> shelf.runs().stream()).toList();
    }

    private Gates.Compared compared(List<String> runs, Path stepSummary) {
        return gates().compare(
                        runs,
                        List.of(),
                        false,
                        Tolerance.DEFAULT,
                        Map.of("GITHUB_STEP_SUMMARY", stepSummary.toString()));
    }

    @Test
    void what_cannot_be_written_costs_neither_verdict_nor_table() throws Exception {
        accept(written(fleet.usual(10)), false);
        List<String> runs = written(fleet.usual(1));

        Gates.Compared noPage = compared(runs, root.resolve("no/such/folder/page.md"));
        assertThat(noPage.comparison().decision()).isEqualTo(Decision.PASS);
        assertThat(noPage.table()).contains("PASS  load against stub", "the step summary could not be written");

        Path json = reports().resolve("runs").resolve(runs.get(0)).resolve("gate.json");
        Files.delete(json);
        Files.createDirectories(json.resolve("in-the-way"));
        Gates.Compared noFile = compared(runs, root.resolve("page.md"));
        assertThat(noFile.comparison().decision()).isEqualTo(Decision.PASS);
        assertThat(noFile.table()).contains("PASS  load against stub", "gate.json could not be written");
        assertThat(root.resolve("page.md")).content().contains("PASS");
    }

    @Test
    void a_page_that_cannot_be_drawn_costs_no_verdict() throws Exception {
        accept(written(fleet.usual(10)), false);
        List<String> runs = written(fleet.usual(1));
        Path there = reports().resolve("runs").resolve(runs.get(0));
        RunSummary run = SummaryFile.read(there);
        MetricSummary endless = new MetricSummary(3_000, Double.POSITIVE_INFINITY, null, null, null, null, 0, "", null);
        Map<String, Map<String, MetricSummary>> kinds = new TreeMap<>();
        run.byKind().forEach((kind, metrics) -> {
            Map<String, MetricSummary> torn = new TreeMap<>(metrics);
            torn.put(Metric.TTFL.label(), endless);
            kinds.put(kind, torn);
        });
        SummaryFile.write(there, Fleet.with(run, run.fingerprint(), kinds, run.health()));

        Gates.Compared compared = compared(runs, root.resolve("page.md"));

        assertThat(compared.comparison().decision()).isEqualTo(Decision.PASS);
        assertThat(compared.table()).contains("PASS  load against stub", "the page could not be drawn: ");
    }

    @Test
    void a_run_with_a_figure_that_is_no_time_is_neither_accepted_nor_judged() throws Exception {
        List<RunSummary> runs = new ArrayList<>(fleet.usual(1));
        RunSummary run = fleet.run(Service.USUAL);
        Map<String, MetricSummary> odd = new TreeMap<>(run.metrics());
        odd.put(
                Metric.E2E.label(),
                new MetricSummary(3_000, 600.0, null, Double.POSITIVE_INFINITY, null, null, 0, "", null));
        runs.add(Fleet.with(run, odd));
        List<String> names = written(runs);

        assertThatThrownBy(() -> accept(names, false))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(run.run())
                .hasMessageContaining("e2e p95");
        assertThat(kept()).isEmpty();
        assertThatThrownBy(() -> compared(names, root.resolve("page.md")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("e2e p95");
    }

    @Test
    void of_runs_that_clash_none_is_accepted_and_drafts_of_the_dead_are_removed() throws Exception {
        RunSummary known = new Fleet(2, 0.03).usual(2).get(1);
        Baselines baselines = new Baselines(root);
        baselines.accept(List.of(accepted(known)));
        Path draft = Files.createFile(onlyFile().resolveSibling(".draft1.tmp"));
        Files.setLastModifiedTime(draft, FileTime.fromMillis(0));
        List<RunSummary> runs = fleet.usual(3);
        List<Accepted> all = runs.stream().map(BaselinesTest::accepted).toList();

        assertThatThrownBy(() -> baselines.accept(all))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("load-0001");
        assertThat(names(known)).containsExactly("load-0001");

        baselines.accept(all.subList(2, 3));
        assertThat(draft).doesNotExist();
        assertThat(names(known)).containsExactly("load-0001", "load-0002");
    }

    @Test
    void a_run_older_than_those_that_are_kept_is_refused_and_too_many_are_counted() throws Exception {
        List<String> names = written(fleet.usual(46));

        List<String> done = accept(names.subList(1, 46), false);

        assertThat(kept()).hasSize(40);
        assertThat(String.join("\n", done))
                .contains("40 of the 45 runs are kept", "accepted load-0045")
                .doesNotContain("accepted load-0001");
        assertThatThrownBy(() -> accept(names.subList(0, 1), false))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("load-0000")
                .hasMessageContaining("40");
        assertThat(kept()).hasSize(40);
    }

    @Test
    void a_cut_stays_when_it_is_accepted_again_and_an_earlier_one_says_that_it_does_nothing() throws Exception {
        List<String> names = written(fleet.usual(12));
        accept(names, false);
        accept(names.subList(6, 7), true);

        accept(names.subList(6, 7), false);
        assertThat(Accepted.sinceCut(kept())).hasSize(6);

        assertThat(String.join("\n", accept(names.subList(2, 3), true)))
                .contains("the baseline still begins with load-0006, a later cut");
        assertThat(Accepted.sinceCut(kept())).hasSize(6);
    }

    @Test
    void another_build_has_a_column_of_its_own_and_must_have_passed() throws Exception {
        List<String> before = written(fleet.usual(5));
        List<String> now = written(fleet.usual(5));

        Gates.Compared whole = gates().compare(now, before, false, Tolerance.DEFAULT, Map.of());
        Files.delete(reports().resolve("runs").resolve(before.get(0)).resolve("verdict.json"));
        Gates.Compared without = gates().compare(now, before, false, Tolerance.DEFAULT, Map.of());

        assertThat(whole.table()).contains("PASS", " other build          now").doesNotContain("accepted");
        assertThat(without.table()).contains("NO VERDICT", "is NO VERDICT by itself: it has no verdict.json");
    }

    @Test
    void a_trend_of_all_passes_over_empty_folders() throws Exception {
        accept(written(fleet.usual(2)), false);
        Files.createDirectories(reports().resolve("baselines/empty/0123456789ab"));

        assertThat(gates().trend(List.of()).trends()).hasSize(1);
        assertThatThrownBy(() -> gates().trend(List.of("empty"))).isInstanceOf(Misuse.class);
    }
}
