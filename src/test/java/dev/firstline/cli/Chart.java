package dev.firstline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The chart of {@code src/main/k8s}, rendered by Helm as it is for a release, without a cluster. */
final class Chart {
    static final Path FOLDER = Path.of("src/main/k8s/firstline");
    static final String NAMESPACE = "load-tests";

    /** The oldest that the chart says it is for. */
    private static final String KUBERNETES = "1.29.0";

    private static final JsonMapper JSON = new JsonMapper();

    private Chart() {}

    /**
     * The manifests of a release.
     *
     * @param values files of values, the later over the earlier
     * @throws IllegalStateException in Helm's words, if the values are refused
     */
    static List<JsonNode> manifests(String release, Path... values) {
        var template = new Helm(FOLDER)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
        for (Path file : values) {
            template.withValuesFile(file);
        }
        return parse(template.call());
    }

    /** What Helm tells whoever has installed a release. */
    static String notes(String release, Path... values) {
        var install = new Helm(FOLDER)
                .install()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .clientOnly()
                .withDryRunOption(DryRun.CLIENT);
        for (Path file : values) {
            install.withValuesFile(file);
        }
        String output = install.call().getOutput();
        return output.substring(output.indexOf("NOTES:\n") + "NOTES:\n".length());
    }

    /**
     * Every document that holds anything. Read as YAML 1.1, as a cluster's server does: there {@code 010} is 8,
     * {@code yes} is true, {@code 1e3} is 1000 and {@code 1:30} is 90.
     */
    static List<JsonNode> parse(String yaml) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return StreamSupport.stream(new Yaml(strict).loadAll(yaml).spliterator(), false)
                .<JsonNode>map(JSON::valueToTree)
                .filter(JsonNode::isObject)
                .toList();
    }

    /** A file of values. */
    static Path values(Path folder, String yaml) {
        try {
            return Files.writeString(Files.createTempFile(folder, "values", ".yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one manifest of that kind whose name ends so. */
    static JsonNode find(List<JsonNode> manifests, String kind, String ending) {
        List<JsonNode> found = manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind)
                        && name(manifest).endsWith(ending))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of kind " + kind + " end in " + ending + ", among "
                    + manifests.stream().map(Chart::name).collect(Collectors.joining(", ")));
        }
        return found.get(0);
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }
}
