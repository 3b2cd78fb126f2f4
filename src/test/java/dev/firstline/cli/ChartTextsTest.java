package dev.firstline.cli;

import static dev.firstline.cli.Chart.find;
import static dev.firstline.cli.ChartCase.containers;
import static dev.firstline.cli.ChartCase.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.ContractFiles;
import dev.firstline.journey.Target;
import dev.firstline.journey.Targets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the chart hands to Firstline is what Firstline understands, and what it tells its user can be done. */
@RequiresHelm
final class ChartTextsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

    private static final Path TARGETS = Path.of("simulations/targets.yaml");

    /** Every value that may be any text. */
    private static final String TEXTS = """
            image: {tag: 'TEXT', pullSecrets: ['TEXT']}
            run: {name: 'TEXT'}
            target:
              name: staging
              apiKey: {secret: 'TEXT', key: 'TEXT'}
              egress: [{to: [{ipBlock: {cidr: 203.0.113.10/32}}], ports: [{port: 443, protocol: TCP}]}]
            journeys: {configMap: 'TEXT'}
            contracts: {configMap: 'TEXT'}
            pod:
              priorityClassName: 'TEXT'
              labels: {mine: 'TEXT'}
              annotations: {mine: 'TEXT'}
              nodeSelector: {mine: 'TEXT'}
              tolerations: [{key: 'TEXT', operator: Equal, value: 'TEXT', effect: NoSchedule}]
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.firstline.cli.ChartCase#all")
    void every_command_is_understood(ChartCase chart) {
        List<List<String>> commands = chart.render(folder).stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Job"))
                .flatMap(job -> containers(job.at("/spec/template/spec")).stream())
                .filter(container -> container.path("command").isMissingNode())
                .map(ChartTextsTest::command)
                .toList();

        assertThat(commands)
                .extracting(command -> command.get(0))
                .containsExactlyElementsOf(Stream.of(chart.target() ? "" : "stub", "run", chart.merged() ? "merge" : "")
                        .filter(command -> !command.isEmpty())
                        .toList());
        for (List<String> command : commands) {
            understand(command);
        }
    }

    @Test
    void a_command_that_nobody_understands_is_noticed() {
        assertThatCode(() -> understand(List.of("run", "load", "--injector=3", "--barriere=x")))
                .hasMessageContaining("--barriere");
    }

    @Test
    void the_stub_beside_an_injector_is_a_target_that_load_may_go_to() {
        Target target = targets(new ChartCase(3, false, false)).pick("stub", Map.of());

        assertThat(target.baseUrl()).hasToString("http://127.0.0.1:8080");
    }

    @Test
    void a_targets_file_comes_out_as_it_went_in() {
        Targets targets = targets(new ChartCase(3, true, true));
        Target target = targets.pick("staging", Map.of("FIRSTLINE_STAGING_KEY", "secret"));

        assertThat(targets.names()).contains("vendor", "staging");
        assertThat(target.baseUrl()).hasToString("https://agents.staging.example.com");
        assertThat(target.caps().openSessions()).isEqualTo(1_000_000);
        assertThatCode(() -> targets.pick("vendor", Map.of("FIRSTLINE_VENDOR_KEY", "secret")))
                .as("production is as refused as anywhere")
                .hasMessageContaining("allowLoad");
    }

    /** YAML and Go would rather say 2.0261121204222e+13. */
    @Test
    void figures_are_written_out() {
        List<String> run = command(find(new ChartCase(3, false, true).render(folder), "Job", "-injectors")
                .at("/spec/template/spec/containers/0"));

        assertThat(run).contains("--seed=20261121204222", "--rate=2.5", "--strict", "--settle=30s");
    }

    /** A date is a good name for a run, and a number where nobody quotes it. */
    @ParameterizedTest
    @ValueSource(strings = {"010", "true", "yes", "null", "1e3", "20261121", "2026-11-21"})
    void what_looks_like_a_number_stays_a_text(String text) {
        String store = """
                kind: s3, s3: {endpoint: https://store.example.com, bucket: runs, secret: 'TEXT', prefix: 'TEXT', \
                region: 'TEXT', provider: 'TEXT', image: 'TEXT', \
                egress: [{to: [{ipBlock: {cidr: 203.0.113.20/32}}], ports: [{port: 443, protocol: TCP}]}]}""";
        Stream<String> results = Stream.of("claim: {existing: 'TEXT'}", "claim: {storageClass: 'TEXT'}", store);

        assertThat(results).allSatisfy(kept -> {
            Path[] values = {TARGETS, Chart.values(folder, (TEXTS + "results: {" + kept + "}").replace("TEXT", text))};
            assertThat(Chart.manifests(text, values))
                    .allSatisfy(manifest ->
                            assertThat(Manifests.complaints(manifest)).isEmpty())
                    .anySatisfy(manifest -> assertThat(manifest.findValuesAsText("firstline.dev/run"))
                            .contains(text));
            if (kept.startsWith("claim")) {
                JsonNode reader = reader(Chart.notes(text, values));
                assertThat(Manifests.complaints(reader)).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.firstline.cli.ChartCase#all")
    void the_notes_name_what_there_is(ChartCase chart) {
        String notes = Chart.notes(ChartCase.RELEASE, chart.values(folder));

        assertThat(notes)
                .contains(
                        "logs -f job/load-1-" + (chart.merged() ? "report" : "injectors"),
                        "helm -n load-tests uninstall load-1",
                        chart.target() ? "against staging" : "against the stub beside each injector")
                .contains(chart.store() ? "the bucket runs, below firstline/load-1-" : "the claim load-1-results")
                .doesNotContain("{{", "<no value>");
        if (!chart.store()) {
            assertThat(Manifests.complaints(reader(notes))).isEmpty();
        }
    }

    /** The pod that the notes would have their reader start, out of its here-document. */
    static JsonNode reader(String notes) {
        String begin = "apply -f - <<'END'\n";
        int from = notes.indexOf(begin) + begin.length();
        return Chart.parse(notes.substring(from, notes.indexOf("\nEND\n", from)))
                .get(0);
    }

    /** Nobody must guess what a value is for. */
    @Test
    void the_guide_names_every_value() throws IOException {
        String guide = Files.readString(Path.of("src/main/k8s/README.md"));
        JsonNode values = Chart.parse(Files.readString(Chart.FOLDER.resolve("values.yaml")))
                .get(0);

        assertThat(paths("", values)).allSatisfy(path -> assertThat(guide).contains("`" + path + "`"));
    }

    /** As OpenShift gives each namespace users of its own. */
    @Test
    void who_runs_may_be_left_to_the_cluster() {
        Path left = Chart.values(folder, "pod: {runAsUser: null, runAsGroup: null, fsGroup: null}");
        Path own = Chart.values(folder, "pod: {runAsUser: 1000650000, runAsGroup: 0, fsGroup: 12}");

        assertThat(securityContexts(left))
                .hasSize(2)
                .containsOnly("{\"runAsNonRoot\":true,\"fsGroupChangePolicy\":\"OnRootMismatch\","
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(reader(Chart.notes(ChartCase.RELEASE, left)).at("/spec/securityContext"))
                .hasToString("{\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(securityContexts(own))
                .hasSize(2)
                .allMatch(context -> context.contains("\"runAsUser\":1000650000,\"runAsGroup\":0,\"fsGroup\":12"));
    }

    private static Stream<String> securityContexts(Path values) {
        return Chart.manifests(ChartCase.RELEASE, values).stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Job"))
                .map(job -> job.at("/spec/template/spec/securityContext").toString());
    }

    private static Stream<String> paths(String at, JsonNode values) {
        return values.properties().stream()
                .flatMap(member -> member.getValue().isObject()
                                && !member.getValue().isEmpty()
                                && !List.of("labels", "annotations").contains(member.getKey())
                        ? paths(at + member.getKey() + ".", member.getValue())
                        : Stream.of(at + member.getKey()));
    }

    private Targets targets(ChartCase chart) {
        String file = find(chart.render(folder), "ConfigMap", "-settings")
                .at("/data/targets.yaml")
                .asText();
        return Targets.read(
                "targets.yaml",
                ContractFiles.shipped()
                        .read("targets.yaml", file.getBytes(StandardCharsets.UTF_8), "targets")
                        .root());
    }

    /** The arguments as the container gets them, on the first of the pods. */
    private static List<String> command(JsonNode container) {
        Map<String, String> environment = elements(container.path("env"))
                .collect(Collectors.toMap(
                        variable -> variable.path("name").asText(),
                        variable -> variable.path("value").asText("0")));
        return elements(container.path("args"))
                .map(argument -> VARIABLE.matcher(argument.asText()).replaceAll(found -> {
                    assertThat(environment).containsKey(found.group(1));
                    return environment.get(found.group(1));
                }))
                .toList();
    }

    private static void understand(List<String> command) {
        CommandLine firstline = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        assertThatCode(() -> firstline.parseArgs(command.toArray(String[]::new)))
                .as(String.join(" ", command))
                .doesNotThrowAnyException();
    }
}
