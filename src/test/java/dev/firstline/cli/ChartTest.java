package dev.firstline.cli;

import static dev.firstline.cli.Chart.find;
import static dev.firstline.cli.Chart.name;
import static dev.firstline.cli.ChartCase.containers;
import static dev.firstline.cli.ChartCase.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes of its values. No cluster has seen it: this is what can be known without one. */
@RequiresHelm
final class ChartTest {
    private static final String ALL_CASES = "dev.firstline.cli.ChartCase#all";
    private static final String BOTH = "[\"Ingress\",\"Egress\"]";
    private static final int BARRIER = 7420;

    /** What a pod's host name and a label's value may be at most. */
    private static final int NAME_MAX = 63;

    @TempDir
    private Path folder;

    @Test
    void helm_finds_nothing_to_say_of_it() {
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
    }

    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void kubernetes_knows_every_member_and_word(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);

        assertThat(manifests)
                .extracting(manifest -> manifest.path("kind").asText() + " " + name(manifest))
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                "NetworkPolicy load-1-injectors",
                                chart.merged() ? "NetworkPolicy load-1-report" : "",
                                "ConfigMap load-1-settings",
                                chart.store() ? "" : "PersistentVolumeClaim load-1-results",
                                "Service load-1-injectors",
                                "Job load-1-injectors",
                                chart.merged() ? "Job load-1-report" : "")
                        .filter(manifest -> !manifest.isEmpty())
                        .toList());
        assertThat(manifests)
                .allSatisfy(manifest -> assertThat(Manifests.complaints(manifest))
                        .as(name(manifest))
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void each_share_is_walked_once_or_the_job_has_failed(ChartCase chart) {
        JsonNode job = find(chart.render(folder), "Job", "-injectors").path("spec");

        assertThat(job.path("completionMode").asText()).isEqualTo("Indexed");
        assertThat(job.path("completions").asInt()).isEqualTo(chart.injectors());
        assertThat(job.path("parallelism").asInt()).isEqualTo(chart.injectors());
        assertThat(job.path("backoffLimit").asInt(-1)).isZero();
        assertThat(elements(job.at("/podFailurePolicy/rules")).map(JsonNode::toString))
                .containsExactly(
                        "{'action':'FailJob','onPodConditions':[{'type':'DisruptionTarget','status':'True'}]}"
                                .replace('\'', '"'),
                        ("{'action':'FailJob',"
                                        + "'onExitCodes':{'containerName':'injector','operator':'NotIn','values':[0]}}")
                                .replace('\'', '"'));
        assertThat(job.at("/template/spec/containers/0/name").asText()).isEqualTo("injector");
        assertThat(job.at("/template/spec/restartPolicy").asText()).isEqualTo("Never");
        assertThat(environment(injector(chart.render(folder))))
                .containsEntry("FIRSTLINE_INJECTORS", "" + chart.injectors())
                .containsEntry(
                        "FIRSTLINE_INJECTOR", "metadata.annotations['batch.kubernetes.io/job-completion-index']");
    }

    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void injectors_meet_at_the_first_of_them(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);
        JsonNode job = find(manifests, "Job", "-injectors");
        JsonNode service = find(manifests, "Service", "");
        JsonNode pod = job.at("/spec/template/spec");

        assertThat(environment(injector(manifests)))
                .containsEntry("FIRSTLINE_BARRIER", name(job) + "-0." + name(service) + ":" + BARRIER);
        assertThat(pod.path("subdomain").asText()).isEqualTo(name(service));
        assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
        assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(BARRIER);
        assertThat(injector(manifests).at("/ports/0/containerPort").asInt()).isEqualTo(BARRIER);
    }

    /** Selectors are compared with pods here, as the cluster would. */
    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void each_selector_picks_the_pods_that_are_meant(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);
        JsonNode injectorPolicy = find(manifests, "NetworkPolicy", "-injectors").path("spec");

        assertThat(picks(manifests, find(manifests, "Service", "").at("/spec/selector")))
                .containsExactly("load-1-injectors");
        assertThat(picks(
                        manifests,
                        find(manifests, "Job", "-injectors")
                                .at("/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels")))
                .containsExactly("load-1-injectors");
        assertThat(picks(manifests, injectorPolicy.at("/podSelector/matchLabels")))
                .containsExactly("load-1-injectors");
        assertThat(picks(manifests, injectorPolicy.at("/ingress/0/from/0/podSelector/matchLabels")))
                .containsExactly("load-1-injectors");
        assertThat(picks(manifests, injectorPolicy.at("/egress/0/to/0/podSelector/matchLabels")))
                .containsExactly("load-1-injectors");
    }

    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void injectors_reach_what_they_must_and_nothing_else(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);
        JsonNode injectors = find(manifests, "NetworkPolicy", "-injectors").path("spec");
        List<String> injectorsReach = new ArrayList<>(List.of("pods 7420", "kube-system 53 53"));
        if (chart.target()) {
            injectorsReach.add(ChartCase.TARGET_ADDRESS + " 443");
        }
        if (chart.store()) {
            injectorsReach.add(ChartCase.STORE_ADDRESS + " 443");
        }

        assertThat(injectors.path("policyTypes").toString()).isEqualTo(BOTH);
        assertThat(rules(injectors.path("ingress"), "from")).containsExactly("pods 7420");
        assertThat(rules(injectors.path("egress"), "to")).containsExactlyElementsOf(injectorsReach);
    }

    @ParameterizedTest
    @MethodSource("dev.firstline.cli.ChartCase#merging")
    void the_report_reaches_nothing_but_the_store(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);
        JsonNode report = find(manifests, "NetworkPolicy", "-report").path("spec");

        assertThat(picks(manifests, report.at("/podSelector/matchLabels"))).containsExactly("load-1-report");
        assertThat(report.path("policyTypes").toString()).isEqualTo(BOTH);
        assertThat(rules(report.path("ingress"), "from")).isEmpty();
        assertThat(rules(report.path("egress"), "to"))
                .containsExactlyElementsOf(
                        chart.store() ? List.of("kube-system 53 53", ChartCase.STORE_ADDRESS + " 443") : List.of());
    }

    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void pods_are_what_a_restricted_namespace_admits(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);

        assertThat(jobs(manifests)).hasSize(chart.merged() ? 2 : 1).allSatisfy(job -> {
            JsonNode pod = job.at("/spec/template/spec");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(1000);
            assertThat(pod.at("/securityContext/fsGroup").asInt()).isEqualTo(1000);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(containers(pod))
                    .isNotEmpty()
                    .allSatisfy(container -> assertThat(
                                    container.path("securityContext").toString())
                            .isEqualTo("{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                                    + "\"capabilities\":{\"drop\":[\"ALL\"]}}"));
        });
    }

    /** Whole cores are set aside, and memory is never promised twice; a limit on CPU would stop the clockwork. */
    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void every_container_says_what_it_needs(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);

        assertThat(jobs(manifests).flatMap(job -> containers(job.at("/spec/template/spec")).stream()))
                .allSatisfy(container -> {
                    JsonNode resources = container.path("resources");
                    assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
                    assertThat(resources.at("/requests/memory").asText())
                            .isNotEmpty()
                            .isEqualTo(resources.at("/limits/memory").asText());
                    assertThat(resources.at("/limits/cpu").isMissingNode()).isTrue();
                });
        assertThat(injector(manifests).at("/resources/requests/cpu").asText()).isEqualTo("2");
        assertThat(environment(injector(manifests))).containsEntry("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=2");
    }

    @ParameterizedTest
    @MethodSource(ALL_CASES)
    void whatever_is_mounted_is_there(ChartCase chart) {
        List<JsonNode> manifests = chart.render(folder);
        Set<String> ours = chart.target()
                ? Set.of("ConfigMap load-1-settings", "ConfigMap our-journeys", "ConfigMap our-promises")
                : Set.of("ConfigMap load-1-settings");

        assertThat(jobs(manifests)).allSatisfy(job -> {
            JsonNode pod = job.at("/spec/template/spec");
            List<String> volumes = elements(pod.path("volumes"))
                    .map(volume -> volume.path("name").asText())
                    .toList();
            assertThat(volumes).doesNotHaveDuplicates();
            assertThat(containers(pod))
                    .allSatisfy(container -> assertThat(elements(container.path("volumeMounts"))
                                    .map(mount -> mount.path("name").asText()))
                            .contains("tmp-" + container.path("name").asText())
                            .isSubsetOf(volumes));
            assertThat(elements(pod.path("volumes"))
                            .map(volume -> volume.at("/configMap/name").asText())
                            .filter(map -> !map.isEmpty())
                            .map("ConfigMap "::concat))
                    .isSubsetOf(ours);
            assertThat(elements(pod.path("volumes"))
                            .map(volume -> volume.at("/persistentVolumeClaim/claimName")
                                    .asText())
                            .filter(claim -> !claim.isEmpty()))
                    .isEqualTo(chart.store() ? List.of() : List.of("load-1-results"));
        });
    }

    @Test
    void a_key_comes_from_the_secret_that_its_user_names() {
        JsonNode injector = injector(new ChartCase(3, false, true).render(folder));

        assertThat(elements(injector.path("env"))
                        .filter(variable -> variable.toString().contains("secretKeyRef")))
                .singleElement()
                .hasToString("{\"name\":\"FIRSTLINE_STAGING_KEY\",\"valueFrom\":"
                        + "{\"secretKeyRef\":{\"name\":\"connectly\",\"key\":\"key\"}}}");
    }

    /** A claim that exists already is another run's too. */
    @Test
    void runs_on_one_claim_keep_apart() {
        Path own = Chart.values(folder, "results: {claim: {existing: shared}}");

        List<JsonNode> first = Chart.manifests("load-1", own);
        List<JsonNode> second = Chart.manifests("load-2", own);

        assertThat(first).noneMatch(manifest -> manifest.path("kind").asText().equals("PersistentVolumeClaim"));
        assertThat(find(first, "Job", "-report")
                        .at("/spec/template/spec/volumes")
                        .toString())
                .contains("\"claimName\":\"shared\"");
        assertThat(injector(first).path("args").toString()).contains("--reports=/results/load-1-");
        assertThat(injector(second).path("args").toString()).contains("--reports=/results/load-2-");
    }

    @Test
    void a_run_has_one_name_everywhere() {
        List<JsonNode> manifests = Chart.manifests("load-1");
        String run = manifests.get(0).findValue("firstline.dev/run").asText();

        assertThat(run).matches("load-1-\\d{8}-\\d{6}");
        assertThat(manifests.stream().flatMap(manifest -> manifest.findValuesAsText("firstline.dev/run").stream()))
                .containsOnly(run);
        assertThat(injector(manifests).path("args").toString()).contains("/results/" + run + "/$(FIRSTLINE_INJECTOR)");
        assertThat(find(manifests, "Job", "-report").toString())
                .contains("\"/results/" + run + "\"", "--out=/results/" + run + "/merged");
    }

    @Test
    void with_a_name_for_the_run_it_renders_the_same_twice() {
        Path named = Chart.values(folder, "run: {name: friday}");

        assertThat(Chart.manifests("load-1", named)).isEqualTo(Chart.manifests("load-1", named));
    }

    /** Until the last injector must have ended the report waits, and then has half an hour. */
    @ParameterizedTest
    @CsvSource({"500ms, 902", "90s, 991", "2m, 1021", "2h, 8101"})
    void deadlines_follow_from_the_duration(String duration, int seconds) {
        List<JsonNode> manifests =
                Chart.manifests("load-1", Chart.values(folder, "run: {barrierWait: 1s, duration: " + duration + "}"));
        JsonNode report = find(manifests, "Job", "-report").path("spec");

        assertThat(find(manifests, "Job", "-injectors")
                        .at("/spec/activeDeadlineSeconds")
                        .asInt())
                .isEqualTo(seconds);
        assertThat(report.at("/template/spec/containers/0/args").toString())
                .contains("\"--wait=" + (seconds + 240) + "s\"");
        assertThat(report.path("activeDeadlineSeconds").asInt()).isEqualTo(seconds + 240 + 1800);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "load-1", "1st", "a.b", "an-unusually-long-name-for-a-release-of-53-characters"})
    void names_are_ones_that_a_cluster_takes(String release) {
        List<JsonNode> manifests = Chart.manifests(release, Chart.values(folder, "injectors: 999"));

        assertThat(name(find(manifests, "Service", ""))).matches("[a-z]([-a-z0-9]*[a-z0-9])?");
        assertThat(name(find(manifests, "Job", "-injectors")) + "-998").hasSizeLessThanOrEqualTo(NAME_MAX);
        assertThat(manifests.stream().flatMap(manifest -> manifest.findValues("labels").stream()))
                .allSatisfy(labels -> assertThat(labels)
                        .allSatisfy(label -> assertThat(label.asText())
                                .hasSizeLessThanOrEqualTo(NAME_MAX)
                                .matches("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")));
    }

    @Test
    void releases_that_begin_alike_have_names_of_their_own() {
        String begin = "an-unusually-long-name-for-a-release-of-firstline";

        assertThat(Stream.of(begin + "-1", begin + "-2", "a.b", "run-a-b")
                        .map(release -> name(find(Chart.manifests(release), "Service", ""))))
                .doesNotHaveDuplicates();
    }

    private static Stream<JsonNode> jobs(List<JsonNode> manifests) {
        return manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Job"));
    }

    private static JsonNode injector(List<JsonNode> manifests) {
        return find(manifests, "Job", "-injectors").at("/spec/template/spec/containers/0");
    }

    /** Variables with what they say or, where that is another's, where it stands. */
    private static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new TreeMap<>();
        elements(container.path("env"))
                .forEach(variable -> environment.put(
                        variable.path("name").asText(),
                        variable.path("value")
                                .asText(variable.at("/valueFrom/fieldRef/fieldPath")
                                        .asText())));
        return environment;
    }

    /** The jobs whose pods a selector picks; of a selector that picks all pods, none is meant. */
    private static List<String> picks(List<JsonNode> manifests, JsonNode matchLabels) {
        assertThat(matchLabels).isNotEmpty();
        return jobs(manifests)
                .filter(job -> {
                    JsonNode labels = job.at("/spec/template/metadata/labels");
                    List<String> wanted = new ArrayList<>();
                    matchLabels.fieldNames().forEachRemaining(wanted::add);
                    return wanted.stream()
                            .allMatch(label -> matchLabels.get(label).equals(labels.get(label)));
                })
                .map(Chart::name)
                .toList();
    }

    /** Rules of a policy as "peer port port". */
    private static List<String> rules(JsonNode rules, String peers) {
        return elements(rules)
                .map(rule -> {
                    assertThat(rule.path(peers)).hasSize(1);
                    assertThat(rule.path("ports")).isNotEmpty();
                    JsonNode peer = rule.path(peers).get(0);
                    String who = peer.has("ipBlock")
                            ? peer.at("/ipBlock/cidr").asText()
                            : peer.at("/namespaceSelector/matchLabels").isMissingNode()
                                    ? "pods"
                                    : peer.at("/namespaceSelector/matchLabels")
                                            .elements()
                                            .next()
                                            .asText();
                    StringBuilder said = new StringBuilder(who);
                    rule.path("ports")
                            .forEach(port ->
                                    said.append(' ').append(port.path("port").asInt()));
                    return said.toString();
                })
                .toList();
    }
}
