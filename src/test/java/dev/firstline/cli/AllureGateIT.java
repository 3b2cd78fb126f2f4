package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's promises among Allure's results: of this very build, so that its page shows both contract and load. */
@Epic("Command line")
@Feature("Allure")
final class AllureGateIT {
    private static final Duration A_RUN = Duration.ofMinutes(2);
    private static final Path OF_THIS_BUILD = Path.of(System.getProperty("allure.results.directory"));

    @TempDir
    private Path folder;

    @Test
    void a_run_adds_its_promises_to_the_results() throws Exception {
        Jar.Ended ended =
                new Jar(folder).run(A_RUN, "run", "smoke", "--rounds", "1", "--allure", OF_THIS_BUILD.toString());

        // On a machine that is busy with something else a run has no verdict about time.
        assertThat(ended.code()).as(ended.all()).isIn(0, 3);
        assertThat(load())
                .containsKey("ttfl max ≤ 3000 ms")
                .containsEntry("leaked sessions ≤ 0", "passed")
                .containsEntry("contract: was it kept?", "passed")
                .containsEntry("run: did it take place?", "passed");
    }

    @Test
    void a_folder_that_cannot_be_made_is_told_before_the_run() throws Exception {
        Files.writeString(folder.resolve("results"), "a file");

        Jar.Ended ended = new Jar(folder).run(A_RUN, "run", "smoke", "--allure", "results");

        assertThat(ended.err()).contains("a folder for Allure's results").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(2);
    }

    /** Every case of the epic Load with its status. */
    private static Map<String, String> load() throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        List<Path> results;
        try (Stream<Path> files = Files.list(OF_THIS_BUILD)) {
            results = files.filter(file -> file.toString().endsWith("-result.json"))
                    .toList();
        }
        for (Path file : results) {
            JsonNode result = new ObjectMapper().readTree(file.toFile());
            if (result.at("/labels").toString().contains("\"Load\"")) {
                statuses.put(result.at("/name").asText(), result.at("/status").asText());
            }
        }
        return statuses;
    }
}
