package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.contract.ContractFiles;
import dev.firstline.gate.Fingerprint;
import dev.firstline.journey.Share;
import dev.firstline.stats.TurnLimits;
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

final class IdentityTest {
    private static final TurnLimits LIMITS = limits(2_000);
    private static final Load LOAD = Load.constant(5, Duration.ofMinutes(1), 1);
    private static final String HELLO = "{\"name\": \"a\", \"turns\": [\"hello\"]}";

    @TempDir
    private Path folder;

    private static TurnLimits limits(long ttflMs) {
        Duration other = Duration.ofSeconds(5);
        return new TurnLimits(Duration.ofMillis(ttflMs), other, other, other);
    }

    private static Map<String, String> identity(String journey, ContractFiles files, TurnLimits limits)
            throws IOException {
        JsonNode said = new JsonMapper().readTree(journey);
        return Identity.of(LOAD, Share.WHOLE, "stub", new TreeMap<>(Map.of("a", said)), files, limits);
    }

    @Test
    void it_is_the_scenario_the_target_the_contract_and_the_machine() throws IOException {
        Map<String, String> usual = identity(HELLO, ContractFiles.shipped(), LIMITS);

        assertThat(usual).containsOnlyKeys("rate", "duration", "seed", "target", "journeys", "contract", "machine");
        assertThat(usual.get("journeys")).matches("a [0-9a-f]{12}");
        assertThat(usual.get("contract")).matches("[0-9a-f]{12}");
        assertThat(usual).isEqualTo(identity(HELLO, ContractFiles.shipped(), LIMITS));
    }

    @Test
    void other_words_of_a_customer_are_another_scenario_and_a_description_is_none() throws IOException {
        Map<String, String> usual = identity(HELLO, ContractFiles.shipped(), LIMITS);
        String described = "{\"name\": \"a\", \"description\": \"a greeting\", \"turns\": [\"hello\"]}";

        assertThat(identity(described, ContractFiles.shipped(), LIMITS)).isEqualTo(usual);
        assertThat(differences(usual, identity(HELLO.replace("hello", "good day"), ContractFiles.shipped(), LIMITS)))
                .containsExactly("journeys");
    }

    @Test
    void another_limit_of_a_turn_or_another_schema_is_another_contract() throws IOException {
        Map<String, String> usual = identity(HELLO, ContractFiles.shipped(), LIMITS);
        Path schemas = Path.of("contracts/schemas/v1");
        try (Stream<Path> files = Files.walk(schemas)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve("schemas/v1").resolve(schemas.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace("\"type\"", " \"type\""));
            }
        }

        assertThat(differences(usual, identity(HELLO, ContractFiles.shipped(), limits(1_999))))
                .containsExactly("contract");
        assertThat(differences(usual, identity(HELLO, ContractFiles.in(folder), LIMITS)))
                .containsExactly("contract");
    }

    private static List<String> differences(Map<String, String> a, Map<String, String> b) {
        return Fingerprint.differences(a, b).stream()
                .map(difference -> difference.substring(0, difference.indexOf(':')))
                .toList();
    }
}
