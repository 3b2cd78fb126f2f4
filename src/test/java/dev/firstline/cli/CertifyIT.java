package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a certificate is, what a run makes of it, and what becomes of a broken one. */
@Epic("Command line")
@Feature("Certificate")
final class CertifyIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration A_RUN = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void it_is_measured_written_and_quoted_and_what_exceeds_it_has_no_verdict() throws Exception {
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, "certify", "--rate", "4", "--duration", "4s", "--steps", "0");

        // What it comes to depends on the machine; that it comes to something does not.
        assertThat(ended.code()).as(ended.all()).isIn(0, 1, 3);
        assertThat(ended.out()).contains("the harness on", "service part", "gap", "certificate.json");
        Path file = folder.resolve("reports/certificate.json");
        ObjectNode certificate = (ObjectNode) JSON.readTree(file.toFile());
        JsonNode errors = certificate.at("/planned/errors");
        assertThat(errors.at("/ttfl_service/n").asInt()).isPositive();
        assertThat(errors.at("/gap/n").asInt()).isPositive();
        // No clock runs backwards: nothing can be seen before it left.
        assertThat(errors.at("/ttfl_service/min_ms").asDouble()).isGreaterThan(-1);
        assertThat(errors.at("/ttfl_service/p50_ms").asDouble()).isLessThan(100);
        assertThat(folder.resolve("reports/runs")).doesNotExist();

        certificate.put("decision", "PASS");
        ObjectNode planned = (ObjectNode) certificate.path("planned");
        planned.put("rate", 0.5);
        planned.put("turns_per_s", 1);
        Files.writeString(file, certificate.toString());
        Jar.Ended beyond = jar.run(A_RUN, "run", "smoke", "--rounds", "1", "--duration", "2s");

        assertThat(beyond.code()).as(beyond.all()).isEqualTo(3);
        assertThat(beyond.err()).contains("this will end in NO VERDICT");
        assertThat(beyond.out()).contains("NO VERDICT", "more than 1.5 times the", "certified on this machine");
        assertThat(Jar.text(jar.run().resolve("verdict.md"))).contains("certified on this machine at 1 turns/s");
    }

    @Test
    void a_broken_certificate_stops_nobody_and_is_told() throws Exception {
        Files.createDirectory(folder.resolve("reports"));
        Files.writeString(folder.resolve("reports/certificate.json"), "{\"version\": 1");
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, "run", "smoke", "--rounds", "1", "--duration", "2s");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(Jar.text(jar.run().resolve("verdict.md")))
                .contains("not certified on this machine", "cannot be read");
    }

    @Test
    void what_cannot_be_meant_is_refused() throws Exception {
        Jar jar = new Jar(folder);

        assertThat(jar.run(A_RUN, "certify", "--rate", "0").code()).isEqualTo(2);
        assertThat(jar.run(A_RUN, "certify", "--steps", "99").err()).contains("--steps must be from 0 to");
    }
}
