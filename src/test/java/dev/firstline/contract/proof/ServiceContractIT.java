package dev.firstline.contract.proof;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.contract.Severity;
import dev.firstline.journey.Journey;
import dev.firstline.stub.StubOptions;
import io.qameta.allure.Allure;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import io.qameta.allure.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service keeps the contract: the stub to the letter, and with {@code -Dfirstline.target=NAME} that target, whose
 * drift is told apart and fails nothing.
 */
@Epic(Topic.EPIC)
final class ServiceContractIT {
    private static final List<Journey> JOURNEYS = Served.journeys();
    private static final Path DRIFT = Path.of("target/contract/drift.txt");
    private static final Map<String, String> KEYS = Map.of("FIRSTLINE_PROOF_KEY", "key-of-nobody");

    @TestFactory
    Stream<DynamicTest> every_answer_keeps_the_contract() throws Exception {
        try (Served served = Served.by(System.getProperties(), System.getenv())) {
            List<Call> calls = Conversation.all(served, JOURNEYS);
            tell(calls, DRIFT);
            return calls.stream().map(call -> call.test(evidence -> keeps(call, served.live())));
        }
    }

    @Test
    @Feature("the service")
    @Story("conversations")
    void drift_of_a_live_service_is_told_and_fails_nothing(@TempDir Path folder) throws Exception {
        List<Call> calls = heardLive(folder, "\"bodyText\"", "\"bodyColor\":\"red\",\"bodyText\"");

        calls.forEach(call -> keeps(call, true));
        tell(calls, folder.resolve("drift.txt"));
        assertThat(Files.readAllLines(folder.resolve("drift.txt")))
                .isNotEmpty()
                .allMatch(row -> row.contains("\tunknown-field\t") && row.contains("/bodyColor\t"));
    }

    @Test
    @Feature("the service")
    @Story("conversations")
    void a_violation_of_a_live_service_fails(@TempDir Path folder) throws Exception {
        List<Call> calls = heardLive(folder, "\"triggerHandover\":true", "\"triggerHandover\":\"yes\"");

        assertThat(calls.stream().flatMap(call -> call.found().stream()).map(Finding::rule))
                .isNotEmpty()
                .containsOnly(Rule.WRONG_TYPE);
        Call handover = calls.stream()
                .filter(call -> !call.found().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> keeps(handover, true)).hasMessageContaining("wrong-type");
    }

    @Test
    @Feature("the service")
    @Story("conversations")
    void what_a_run_refuses_is_refused_here() {
        assertThatThrownBy(() -> Served.by(target("vendor", "simulations/targets.yaml"), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("which is production");
        assertThatThrownBy(() -> Served.by(target("stagging", "simulations/targets.yaml"), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("did you mean staging?");
        assertThatThrownBy(() -> Served.by(target("staging", "simulations/targets.yaml"), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("FIRSTLINE_STAGING_KEY");
    }

    /** Asserts that a call was answered, and that nothing is found in it but, in a live service, drift. */
    private static void keeps(Call call, boolean live) {
        assertThat(call.status()).as("the status of %s", call.name()).isEqualTo(200);
        List<Finding> counts = call.found().stream()
                .filter(finding -> !live || finding.rule().severity() == Severity.VIOLATION)
                .toList();
        assertThat(Topic.shown(counts)).as(call.name()).isEmpty();
    }

    /** Writes one row a drift, and shows them on Allure's page. */
    private static void tell(List<Call> calls, Path file) throws IOException {
        String rows = calls.stream()
                .flatMap(call -> call.found().stream()
                        .filter(finding -> finding.rule().severity() == Severity.DRIFT)
                        .map(finding -> String.join(
                                "\t",
                                call.name(),
                                "line " + finding.line(),
                                finding.rule().id(),
                                finding.pointer(),
                                finding.message())))
                .collect(joining("\n"));
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Files.writeString(file, rows);
        if (!rows.isEmpty() && Allure.getLifecycle().getCurrentTestCase().isPresent()) {
            Allure.addAttachment("drift", "text/plain", rows, ".txt");
        }
    }

    /** Talks to a stub of changed recordings as if it were the staging of a user's targets file. */
    private static List<Call> heardLive(Path folder, String recorded, String changed) throws Exception {
        Path root = folder.resolve("stubs");
        try (Stream<Path> files = Files.walk(Path.of("stubs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = root.resolve(Path.of("stubs").relativize(file));
                Files.createDirectories(copy.resolveSibling(""));
                Files.writeString(copy, Files.readString(file).replace(recorded, changed));
            }
        }
        try (Served stub = Served.stub(StubOptions.defaults().withSpeed(0).withRoot(root))) {
            Path targets = folder.resolve("targets.yaml");
            Files.writeString(targets, """
                    targets:
                      staging:
                        baseUrl: %s
                        businessId: b-1
                        apiKeyEnv: FIRSTLINE_PROOF_KEY
                        environment: staging
                        caps: {journeysPerSecond: 1, openSessions: 10, minutes: 5}
                    """.formatted(stub.address()));
            try (Served staging = Served.by(target("staging", targets.toString()), KEYS)) {
                assertThat(staging.live()).isTrue();
                return Conversation.all(staging, JOURNEYS);
            }
        }
    }

    private static Properties target(String name, String file) {
        Properties properties = new Properties();
        properties.setProperty("firstline.target", name);
        properties.setProperty("firstline.targets", file);
        return properties;
    }
}
