package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.gate.Certificate;
import dev.firstline.gate.Decision;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Epic("Capacity")
@Feature("Certificate")
final class CertificateFileTest {
    @TempDir
    private Path reports;

    @ParameterizedTest
    @ValueSource(strings = {CertificateFile.NAME, CertificateFile.NAME + ".part"})
    void where_its_place_is_taken_is_the_users_misuse(String taken) throws IOException {
        Files.createDirectory(reports.resolve(taken));
        assertThatThrownBy(() -> CertificateFile.write(reports, certificate(10, 20)))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll("saw a folder", taken);
    }

    @Test
    void a_file_where_the_folder_should_be_is_the_users_misuse() throws IOException {
        Path file = Files.createFile(reports.resolve("file"));
        assertThatThrownBy(() -> CertificateFile.refuseUnwritable(file))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("a folder for results");
    }

    @Test
    void one_with_rates_is_quoted() {
        CertificateFile.write(reports, certificate(10, 20));
        assertThat(note()).startsWith("certified on this machine at 20 turns/s");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9, 0, Double.NaN, Double.POSITIVE_INFINITY})
    void one_whose_rates_are_none_is_broken(double rate) {
        CertificateFile.write(reports, certificate(10, rate));
        assertThat(note()).contains("cannot be read (a rate of it is no number above 0)");
        CertificateFile.write(reports, certificate(rate, 20));
        assertThat(note()).contains("cannot be read (a rate of it is no number above 0)");
    }

    private String note() {
        return CertificateFile.standing(reports, 10, 20).note();
    }

    private static Certificate certificate(double rate, double turnsPerS) {
        return new Certificate(
                Certificate.VERSION,
                Decision.PASS,
                Machine.kind(),
                Machine.harness(),
                "2026-11-20T18:00:00Z",
                10,
                new Certificate.Step(rate, turnsPerS, 50, 1000, Map.of(), 1.0, List.of(), List.of()),
                null,
                List.of());
    }
}
