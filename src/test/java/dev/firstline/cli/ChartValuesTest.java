package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that would make no run, or another than is meant, are refused before anything is installed. */
@RequiresHelm
final class ChartValuesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path TARGETS = Path.of("simulations/targets.yaml");

    /** A target that would be taken; a row of a table spoils it. */
    private static final String STAGING = """
            target:
              name: staging
              apiKey: {secret: connectly}
              egress: [{to: [{ipBlock: {cidr: 203.0.113.10/32}}], ports: [{port: 443, protocol: TCP}]}]
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            injectors: 0                                                        | /injectors': minimum
            injectors: 1000                                                     | /injectors': maximum
            injectors: 1.5                                                      | /injectors': got number, want integer
            injectors: '3'                                                      | /injectors': got string, want integer
            injektors: 3                                                        | additional properties 'injektors'
            run: {rat: 3}                                                       | /run': additional properties 'rat'
            run: {rate: -1}                                                     | /run/rate': exclusiveMinimum
            run: {rate: 0}                                                      | /run/rate': exclusiveMinimum
            run: {duration: 5 minutes}                                          | /run/duration'
            run: {duration: 0s}                                                 | /run/duration'
            run: {duration: 999999999h}                                         | /run/duration'
            run: {barrierWait: 200h}                                            | /run/barrierWait'
            results: {s3: {region: 'a: b'}}                                     | /results/s3/region'
            results: {s3: {provider: 'a b'}}                                    | /results/s3/provider'
            results: {s3: {image: 'a b: c'}}                                    | /results/s3/image'
            pod: {labels: {'bad label!': x}}                                    | propertyName 'bad label!'
            pod: {labels: {mine: 'two words'}}                                  | /pod/labels/mine'
            pod: {labels: {job-name: x}}                                        | propertyName 'job-name'
            pod: {annotations: {'a b': x}}                                      | propertyName 'a b'
            pod: {annotations: {kubectl.kubernetes.io/default-container: stub}} | propertyName 'kubectl
            pod: {annotations: {batch.kubernetes.io/job-completion-index: '0'}} | propertyName 'batch
            run: {simulation: smoke}                                            | /run/simulation'
            run: {name: Friday}                                                 | /run/name'
            run: {extraArgs: [--injectors=4]}                                   | /run/extraArgs/0'
            run: {extraArgs: [--rate=4]}                                        | /run/extraArgs/0'
            run: {extraArgs: [smoke]}                                           | /run/extraArgs/0'
            stub: {extraArgs: [--bind=0.0.0.0]}                                 | /stub/extraArgs/0'
            injector: {cpu: 0.5}                                                | /injector/cpu'
            injector: {cpu: 500m}                                               | /injector/cpu'
            injector: {memory: 2G}                                              | /injector/memory'
            injector: {whenUnsatisfiable: Sometimes}                            | /injector/whenUnsatisfiable'
            image: {pullPolicy: Often}                                          | /image/pullPolicy'
            results: {kind: nfs}                                                | /results/kind'
            results: {kind: s3}                                                 | /results/s3/egress': minItems
            results: {kind: s3}                                                 | /results/s3/endpoint': minLength
            results: {kind: s3}                                                 | /results/s3/secret': minLength
            results: {s3: {accessKey: abc}}                                     | properties 'accessKey' not allowed
            time: {activeDeadlineSeconds: 5}                                    | /time/activeDeadlineSeconds': minimum
            pod: {labels: {firstline.dev/run: mine}} | invalid propertyName 'firstline.dev/run'
            dns: []                                                             | /dns': minItems
            target: {egress: [{to: [{podSelector: {matchLabels: {a: b}}}], ports: [{port: 1, protocol: TCP}]}]} \
            | /target/egress': maxItems
            """)
    void a_bad_value_is_refused_by_its_name(String values, String complaint) {
        refused(values, complaint);
    }

    /** A rule without a peer, or without a port, would allow all of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            egress: []                                                          | /target/egress': minItems
            egress: [{ports: [{port: 443, protocol: TCP}]}] | /target/egress/0': missing property 'to'
            egress: [{to: [], ports: [{port: 443, protocol: TCP}]}]             | /target/egress/0/to': minItems
            egress: [{to: [{}], ports: [{port: 443, protocol: TCP}]}]           | /target/egress/0/to/0': minProperties
            egress: [{to: [{ipBlock: {cidr: 203.0.113.1/32}}]}]                 | missing property 'ports'
            egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443, protocol: TCP}]}] | cidr'
            egress: [{to: [{ipBlock: {cidr: 203.0.113.1}}], ports: [{port: 443, protocol: TCP}]}] | cidr'
            egress: [{to: [{podSelector: {}}], ports: [{port: 443, protocol: TCP}]}] | podSelector': missing property
            egress: [{to: [{ipBlock: {cidr: 203.0.113.1/32}}], ports: [{port: 443, protocol: tcp}]}] | protocol'
            apiKey: sk-live-123                                                 | /target/apiKey': got string
            apiKey: {value: sk-live-123}                                        | /target/apiKey'
            name: stagin | saw stagin: try one of [local, staging, stub, vendor]
            name: stub | target.name: expected a target with an address
            apiKey: {secret: ''} | target.apiKey.secret: expected the name of the secret
            """)
    void a_target_that_cannot_be_meant_is_refused_by_its_name(String spoilt, String complaint) {
        Path staging = Chart.values(folder, STAGING);
        Path bad = Chart.values(folder, "target: {" + spoilt + "}");
        // A map in a later file joins the earlier one; what is no map takes its place.
        assertThat(Chart.manifests("load-1", TARGETS, staging)).isNotEmpty();

        assertThatThrownBy(() -> Chart.manifests("load-1", TARGETS, staging, bad))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apiKey: sk-live-123                | /targets/staging': additional properties 'apiKey' not allowed
            apiKeyEnv: sk-live-123             | /targets/staging/apiKeyEnv'
            apiKeyEnv: JDK_JAVA_OPTIONS        | /targets/staging/apiKeyEnv': 'not' failed
            apiKeyEnv: FIRSTLINE_BARRIER       | /targets/staging/apiKeyEnv': 'not' failed
            baseUrl: 'https://joe:hunter2@h'   | /targets/staging/baseUrl': 'not' failed
            baseUrl: 'https://h/external/v1'   | /targets/staging/baseUrl'
            environment: prod                  | /targets/staging/environment'
            caps: {openSessions: 0}            | /targets/staging/caps/openSessions': minimum
            """)
    void a_key_or_a_bad_target_is_refused_by_its_name(String spoilt, String complaint) {
        Path bad = Chart.values(folder, "targets: {staging: {" + spoilt + "}}");

        assertThatThrownBy(() -> Chart.manifests("load-1", TARGETS, bad))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_target_without_caps_is_refused() {
        refused("targets: {a: {baseUrl: 'https://a.example.com', environment: staging}}", "'caps'");
    }

    /** What the chart says of targets is what targets.schema.json says. */
    @Test
    void both_schemas_of_targets_know_the_same_members_and_bounds() throws IOException {
        JsonNode chart = JSON.readTree(
                        Chart.FOLDER.resolve("values.schema.json").toFile())
                .at("/properties/targets/additionalProperties");
        JsonNode ours = JSON.readTree(
                        Path.of("contracts/schemas/files/targets.schema.json").toFile())
                .at("/$defs/target");

        assertThat(bare(chart)).isEqualTo(bare(ours));
    }

    /** Helm lets an object pass that the schema does not close. */
    @Test
    void every_object_of_the_schema_is_closed_or_says_what_its_members_are() throws IOException {
        List<String> open = new ArrayList<>();
        open("", JSON.readTree(Chart.FOLDER.resolve("values.schema.json").toFile()), open);

        assertThat(open).containsExactly("/properties/global");
    }

    @Test
    void the_values_are_the_ones_that_the_chart_has() throws IOException {
        JsonNode values = Chart.parse(Files.readString(Chart.FOLDER.resolve("values.yaml")))
                .get(0);

        assertThat(values.properties().stream().map(member -> member.getKey()))
                .containsExactly(
                        "injectors",
                        "image",
                        "run",
                        "target",
                        "targets",
                        "journeys",
                        "contracts",
                        "injector",
                        "stub",
                        "report",
                        "results",
                        "dns",
                        "time",
                        "pod");
    }

    private void refused(String values, String complaint) {
        assertThatThrownBy(() -> Chart.manifests("load-1", Chart.values(folder, values)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(complaint);
    }

    private static void open(String at, JsonNode schema, List<String> found) {
        boolean object = schema.path("type").asText().equals("object");
        if (object && !schema.has("additionalProperties") && !schema.has("propertyNames")) {
            found.add(at);
        }
        schema.properties().forEach(member -> open(at + "/" + member.getKey(), member.getValue(), found));
    }

    /** Without the words for people. */
    private static JsonNode bare(JsonNode schema) {
        ObjectNode bare = schema.deepCopy();
        bare.findParents("description").forEach(parent -> ((ObjectNode) parent).remove("description"));
        return bare;
    }
}
