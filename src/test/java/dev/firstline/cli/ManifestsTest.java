package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart's tests rely on notices whatever is misspelt, wherever it stands. */
@RequiresHelm
final class ManifestsTest {
    /** Whose members anybody may name. */
    private static final Set<String> MAPS =
            Set.of("annotations", "labels", "matchLabels", "data", "requests", "limits", "selector", "nodeSelector");

    @TempDir
    private Path folder;

    private final List<String> unnoticed = new ArrayList<>();
    private int misspelt;

    @Test
    void a_member_misspelt_is_noticed_wherever_it_stands() {
        for (JsonNode manifest : everything()) {
            misspellMembers(manifest, manifest, "");
        }

        assertThat(unnoticed).isEmpty();
        assertThat(misspelt).isGreaterThan(300);
    }

    @Test
    void a_word_misspelt_is_noticed_wherever_it_stands() {
        Set<String> seen = new TreeSet<>();
        for (JsonNode manifest : everything()) {
            misspellWords(manifest, manifest, manifest.path("kind").asText(), seen);
        }

        assertThat(unnoticed).isEmpty();
        assertThat(misspelt).isGreaterThan(50);
        assertThat(seen).as("words of the list that stand nowhere").hasSameSizeAs(Manifests.WORDS.keySet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind: Job, apiVersion: batch/v1beta1, metadata: {name: a}                             | unknown kind
            kind: CronTab, apiVersion: v1, metadata: {name: a}                                    | unknown kind
            kind: Job, apiVersion: batch/v1, spec: {completions: many, template: {}}              | many
            kind: Service, apiVersion: v1, spec: {ports: {port: 1}}                               | cannot be cast
            kind: Job, apiVersion: batch/v1, spec: {backoffLimit: 0}                              | template
            kind: Pod, apiVersion: v1, metadata: {name: 010}                                      | name is 8
            kind: Pod, apiVersion: v1, metadata: {labels: {a: yes}}                               | labels.a is true
            kind: Pod, apiVersion: v1, spec: {containers: [{name: a, args: [1e3]}]}               | args is 1000
            kind: Pod, apiVersion: v1, spec: {containers: [{name: a, env: [{name: 1:30}]}]}       | env.name is 90
            """)
    void another_kind_a_wrong_type_and_a_missing_member_are_noticed(String manifest, String complaint) {
        assertThat(Manifests.complaints(Chart.parse("{" + manifest + "}").get(0)))
                .isNotEmpty()
                .first()
                .asString()
                .contains(complaint);
    }

    /** Each manifest that the chart can make, and the pod that its notes speak of. */
    private List<JsonNode> everything() {
        List<JsonNode> manifests = new ArrayList<>();
        Path tolerations = Chart.values(
                folder, "pod: {tolerations: [{key: load, operator: Equal, value: 'yes', effect: NoSchedule}]}");
        manifests.addAll(Chart.manifests("load-1", tolerations));
        manifests.addAll(new ChartCase(3, true, true).render(folder));
        manifests.add(ChartTextsTest.reader(Chart.notes("load-1")));
        assertThat(manifests)
                .allSatisfy(
                        manifest -> assertThat(Manifests.complaints(manifest)).isEmpty());
        return manifests;
    }

    private void misspellMembers(JsonNode manifest, JsonNode node, String at) {
        if (node instanceof ObjectNode object && !MAPS.contains(at)) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.remove(name);
                object.set(name + "x", value);
                misspelt++;
                if (Manifests.complaints(manifest).isEmpty()) {
                    unnoticed.add(Chart.name(manifest) + ": " + at + "." + name);
                }
                object.remove(name + "x");
                object.set(name, value);
                misspellMembers(manifest, value, name);
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> misspellMembers(manifest, element, at));
        }
    }

    private void misspellWords(JsonNode manifest, JsonNode node, String path, Set<String> seen) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                String at = path + "." + name;
                if (object.get(name) instanceof TextNode word
                        && !Manifests.wordsAt(at).isEmpty()) {
                    object.put(name, word.asText() + "x");
                    note(manifest, at, seen);
                    object.set(name, word);
                } else {
                    misspellWords(manifest, object.get(name), at, seen);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TextNode word
                        && !Manifests.wordsAt(path).isEmpty()) {
                    array.set(i, new TextNode(word.asText() + "x"));
                    note(manifest, path, seen);
                    array.set(i, word);
                } else {
                    misspellWords(manifest, array.get(i), path, seen);
                }
            }
        }
    }

    private void note(JsonNode manifest, String at, Set<String> seen) {
        misspelt++;
        Manifests.WORDS.keySet().stream().filter(at::endsWith).forEach(seen::add);
        if (Manifests.complaints(manifest).isEmpty()) {
            unnoticed.add(Chart.name(manifest) + ": " + at);
        }
    }
}
