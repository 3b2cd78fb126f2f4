package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.gate.Accepted;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Fingerprint;
import dev.firstline.gate.Fleet;
import dev.firstline.gate.Fleet.Service;
import dev.firstline.stats.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

        new Baselines(root).accept(accepted(run));

        Path file =
                root.resolve("load").resolve(Fingerprint.id(run.fingerprint())).resolve(run.run() + ".json");
        assertThat(new Baselines(root).nearest(run)).containsExactly(accepted(run));
        assertThat(Files.size(file)).isLessThan(BYTES_MAX);
        assertThat(file).content().contains("\"why\" : \"a release\"").doesNotContain("HISTF");
    }

    @Test
    void the_last_forty_are_kept() {
        List<RunSummary> runs = fleet.usual(45);

        runs.forEach(run -> new Baselines(root).accept(accepted(run)));

        assertThat(names(runs.get(0))).hasSize(40).startsWith("load-0005").endsWith("load-0044");
    }

    @Test
    void many_who_accept_at_once_lose_nothing() throws Exception {
        List<RunSummary> runs = fleet.usual(32);
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> accepts = runs.stream()
                    .map(run -> (Callable<Void>) () -> {
                        new Baselines(root).accept(accepted(run));
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
        baselines.accept(accepted(far));
        baselines.accept(accepted(near));

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
        baselines.accept(accepted(run));
        baselines.accept(accepted(run));

        assertThatThrownBy(() -> baselines.accept(accepted(other)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("another run of that name");
        assertThat(names(run)).hasSize(1);
    }
}
