package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Fleet;
import dev.firstline.gate.Fleet.Service;
import dev.firstline.stats.Health;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SummaryFile;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code firstline gate} and {@code firstline trend} as a user calls them, over runs that were simulated. */
@Epic("Command line")
@Feature("Baselines and regressions")
final class GateIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Fleet fleet = new Fleet(1, 0.03);
    private Jar jar = new Jar(Path.of(""));

    @BeforeEach
    void begin() {
        jar = new Jar(folder);
    }

    /** Writes runs as a run would leave them, and gives their names. */
    private List<String> written(List<RunSummary> runs) throws IOException {
        List<String> names = new ArrayList<>();
        for (RunSummary run : runs) {
            names.add(written(run, "PASS"));
        }
        return names;
    }

    private String written(RunSummary run, String verdict) throws IOException {
        Path there = Files.createDirectories(folder.resolve("reports/runs").resolve(run.run()));
        SummaryFile.write(there, run);
        String reasons = verdict.equals("PASS") ? "" : """
                {"decision": "%s", "about": "run", "fact": "ttfl p95: promised more", "attempt": "less"}
                """.formatted(verdict);
        Files.writeString(there.resolve("verdict.json"), """
                {"version": 1, "run": "%s", "simulation": "load", "target": "stub", "verdict": "%s", "exit_code": 0,
                 "promises": [], "reasons": [%s], "doubts": [], "notes": []}
                """.formatted(run.run(), verdict, reasons));
        return run.run();
    }

    private Jar.Ended run(List<String> runs, String... arguments) throws IOException, InterruptedException {
        return jar.run(
                SOON,
                Stream.of(Stream.of("gate"), runs.stream(), Stream.of(arguments))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    private void accept(List<String> runs) throws IOException, InterruptedException {
        Jar.Ended ended = run(runs, "--accept", "--why", "the release that is in production");
        assertThat(ended.code()).as(ended.all()).isZero();
    }

    @Test
    void twenty_accepted_then_alike_then_slower_then_another_mix_then_an_ill_generator() throws Exception {
        accept(written(fleet.usual(20)));

        Jar.Ended alike = run(written(fleet.usual(3)));
        assertThat(alike.code()).as(alike.all()).isZero();
        assertThat(alike.out())
                .startsWith("PASS  load against stub: 3 runs held against 20 accepted")
                .contains("would have seen ttfl p50 +", "same");

        List<String> slow = written(fleet.runs(3, Service.slower(1.1)));
        Jar.Ended slower = run(slow);
        assertThat(slower.code()).as(slower.all()).isEqualTo(1);
        assertThat(slower.out()).contains("FAIL: ttfl p50: ", "beyond the limit of +", "SLOWER", "try: ");
        Path newest = folder.resolve("reports/runs").resolve(slow.get(2));
        assertThat(newest.resolve("gate.json"))
                .content()
                .contains("\"decision\" : \"FAIL\"", "\"rule\" : \"prediction\"");
        assertThat(newest.resolve("gate.md")).content().contains("## FAIL", "**slower**");
        assertThat(newest.resolve("index.html")).content().contains("Beside the accepted runs", "slower from here");
        assertThat(newest.resolve("gate-junit.xml")).content().contains("<failure", "ttfl p50: no slower?");

        List<RunSummary> other = fleet.usual(3).stream()
                .map(run -> Fleet.with(
                        run, run.fingerprint(), Fleet.mix(Map.of("messageEvent.textContent", 3_000)), run.health()))
                .toList();
        Jar.Ended mix = run(written(other));
        assertThat(mix.code()).as(mix.all()).isEqualTo(3);
        assertThat(mix.out()).contains("NO VERDICT: another mix of event kinds: ", "100 % of the turns, was 66.67 %");

        RunSummary well = fleet.run(Service.USUAL);
        Health ill = well.health().judged(false);
        Jar.Ended starved =
                run(List.of(written(Fleet.with(well, well.fingerprint(), well.byKind(), ill), "NO VERDICT")));
        assertThat(starved.code()).as(starved.all()).isEqualTo(3);
        assertThat(starved.out()).contains("its generator was ill");
    }

    @Test
    void what_fails_by_itself_stays_a_fail_and_is_not_accepted() throws Exception {
        accept(written(fleet.usual(10)));
        String broken = written(fleet.run(Service.USUAL), "FAIL");

        assertThat(run(List.of(broken)).code()).isEqualTo(1);
        Jar.Ended refused = run(List.of(broken), "--accept", "--why", "we need a green build");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("a run that is a PASS by itself", "FAIL: ttfl p95: promised more");
    }

    @Test
    void with_few_accepted_runs_it_says_how_many_are_missing_and_two_builds_can_be_compared() throws Exception {
        accept(written(fleet.usual(7)));

        Jar.Ended few = run(written(fleet.usual(1)));
        assertThat(few.code()).isEqualTo(3);
        assertThat(few.out()).contains("7 accepted runs, of the 10 needed: 3 more are missing");

        List<String> before = new ArrayList<>();
        List<String> now = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            before.addAll(written(fleet.usual(1)));
            now.addAll(written(fleet.runs(1, Service.slower(1.2))));
        }
        List<String> arguments = new ArrayList<>(List.of("--against"));
        arguments.addAll(before);
        Jar.Ended slower = run(now, arguments.toArray(String[]::new));
        assertThat(slower.code()).as(slower.all()).isEqualTo(1);
        assertThat(slower.out())
                .contains("5 runs held against 5 of another build", "0.0040")
                .doesNotContain("in turns");
    }

    @Test
    void another_machine_is_no_baseline_and_the_difference_is_named() throws Exception {
        accept(written(fleet.usual(10)));
        RunSummary run = fleet.run(Service.USUAL);
        Map<String, String> elsewhere = Map.of("rate", "5", "machine", "64 processors");

        Jar.Ended ended = run(List.of(written(Fleet.with(run, elsewhere, run.byKind(), run.health()), "PASS")));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).contains("machine: 64 processors, accepted 2 processors");
    }

    @Test
    void a_screen_passes_alone_or_asks_for_two_more() throws Exception {
        accept(written(fleet.usual(20)));

        Jar.Ended slower = run(written(fleet.runs(1, Service.slower(1.3))), "--screen");
        assertThat(slower.code()).isEqualTo(3);
        assertThat(slower.out()).contains("as a screen", "run it 2 more times, and give all 3 runs to gate");
    }

    @Test
    void what_changed_for_good_is_found_and_a_cut_begins_anew() throws Exception {
        accept(written(fleet.usual(15)));
        List<String> slow = written(fleet.runs(10, Service.slower(1.2)));
        accept(slow);

        Jar.Ended before = jar.run(SOON, "trend");
        assertThat(before.code()).as(before.all()).isZero();
        assertThat(before.out()).contains("change points:", slow.get(0), "--cut --why TEXT " + slow.get(0));
        assertThat(folder.resolve("reports/trend.html")).content().contains(slow.get(0), "echarts");

        // Nobody keeps runs for months; what was accepted is enough.
        Files.move(folder.resolve("reports/runs"), folder.resolve("thrown-away"));
        Jar.Ended cut = run(List.of(slow.get(0)), "--accept", "--cut", "--why", "a larger model");
        assertThat(cut.out()).contains("with which the baseline begins anew", "10 accepted runs");
        assertThat(run(written(fleet.runs(3, Service.slower(1.2)))).out()).contains("held against 10 accepted");
        assertThat(jar.run(SOON, "trend").out()).contains("change points:").doesNotContain("--cut");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    gate                                          | RUN
                    gate load-0001                                | did you mean load-0000?
                    gate no-such-run                              | no such run
                    gate half                                     | half/summary.json
                    gate load-0000 --accept                       | --accept needs --why
                    gate load-0000 --why because                  | --why and --cut are for --accept
                    gate load-0000 --accept --why=                | a reason
                    gate load-0000 load-0000                      | load-0000 twice
                    gate load-0000 --against load-0000            | load-0000 twice
                    gate load-0000 --screen --against load-0000   | --screen is for accepted runs
                    gate load-0000 --floor-ratio 0.9              | a ratio must be 1 or more
                    gate load-0000 --baseline no-such-folder      | no-such-folder
                    trend                                         | gate --accept --why TEXT RUN
                    trend soak                                    | soak
                    """)
    void what_is_misused_is_told_in_words(String arguments, String said) throws Exception {
        written(fleet.usual(1));
        Path half = Files.createDirectories(folder.resolve("half"));
        byte[] whole = Files.readAllBytes(folder.resolve("reports/runs/load-0000/summary.json"));
        Files.write(half.resolve("summary.json"), Arrays.copyOf(whole, whole.length / 2));

        Jar.Ended ended = jar.run(SOON, arguments.trim().split(" +"));

        assertThat(ended.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void an_accepted_run_that_is_cut_in_half_is_named() throws Exception {
        accept(written(fleet.usual(2)));
        Path file;
        try (Stream<Path> files = Files.walk(folder.resolve("reports/baselines"))) {
            file = files.filter(path -> path.endsWith("load-0001.json"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(file, Files.readString(file).substring(0, 500));

        Jar.Ended ended = run(written(fleet.usual(1)));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("an accepted run", "load-0001.json", "git checkout");
    }
}
