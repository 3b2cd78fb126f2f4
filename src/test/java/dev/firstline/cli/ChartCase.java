package dev.firstline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A way to install the chart.
 *
 * @param store whether results go to an object store, and not to a claim
 * @param target whether there is a target, and not a stub beside each injector
 */
record ChartCase(int injectors, boolean store, boolean target) {
    static final String RELEASE = "load-1";
    static final String STORE_ADDRESS = "203.0.113.20/32";
    static final String TARGET_ADDRESS = "203.0.113.10/32";

    private static final String STORE = """
            results:
              kind: s3
              s3:
                endpoint: https://store.example.com
                bucket: runs
                secret: store-key
                egress: [{to: [{ipBlock: {cidr: 203.0.113.20/32}}], ports: [{port: 443, protocol: TCP}]}]
            """;

    /** With figures that YAML or Go would rather write with an exponent. */
    private static final String TARGET = """
            run: {seed: 20261121204222, rate: 2.5, strict: true, extraArgs: [--settle=30s]}
            targets: {staging: {caps: {openSessions: 1000000}}}
            target:
              name: staging
              apiKey: {secret: connectly, key: key}
              egress: [{to: [{ipBlock: {cidr: 203.0.113.10/32}}], ports: [{port: 443, protocol: TCP}]}]
            journeys: {configMap: our-journeys}
            contracts: {configMap: our-promises}
            """;

    private static final Map<ChartCase, List<JsonNode>> RENDERED = new ConcurrentHashMap<>();

    static Stream<ChartCase> all() {
        return Stream.of(1, 3, 50)
                .flatMap(injectors -> Stream.of(true, false)
                        .flatMap(store ->
                                Stream.of(true, false).map(target -> new ChartCase(injectors, store, target))));
    }

    static Stream<ChartCase> merging() {
        return all().filter(ChartCase::merged);
    }

    Path[] values(Path folder) {
        List<Path> files = new ArrayList<>();
        files.add(Chart.values(folder, "injectors: " + injectors));
        if (store) {
            files.add(Chart.values(folder, STORE));
        }
        if (target) {
            // As its user has it: the file itself is a file of values.
            files.add(Path.of("simulations/targets.yaml"));
            files.add(Chart.values(folder, TARGET));
        }
        return files.toArray(Path[]::new);
    }

    /** The manifests: rendered once, and the caller's own. */
    List<JsonNode> render(Path folder) {
        return RENDERED.computeIfAbsent(this, chart -> Chart.manifests(RELEASE, values(folder))).stream()
                .<JsonNode>map(JsonNode::deepCopy)
                .toList();
    }

    /** One injector's run is whole, and its verdict its own. */
    boolean merged() {
        return injectors > 1;
    }

    /** Everything that runs in a pod, whatever for. */
    static List<JsonNode> containers(JsonNode podSpec) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> elements(podSpec.path(list)))
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        Iterable<JsonNode> elements = array;
        Iterator<JsonNode> each = elements.iterator();
        List<JsonNode> found = new ArrayList<>();
        each.forEachRemaining(found::add);
        return found.stream();
    }
}
