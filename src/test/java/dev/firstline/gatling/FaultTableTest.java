package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.RuleHit;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code stubs/faults.md} promises of each fault is what the harness says of it. */
class FaultTableTest {
    private static @Nullable StubServer stub;

    static StubServer stub() {
        return Objects.requireNonNull(stub);
    }

    @BeforeAll
    static void all_rows_run_at_once(@TempDir Path results) {
        stub = StubServer.start(StubOptions.defaults().withHttpsPort(0));
        FaultTableSimulation.RESULTS.clear();
        GatlingRun.of(FaultTableSimulation.class, results);
    }

    @AfterAll
    static void the_stub_goes() {
        stub().close();
    }

    static Stream<Arguments> rows() {
        return FaultTable.rows().stream()
                .flatMap(row -> Stream.of("h1", "h2").map(protocol -> Arguments.of(protocol, row)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void a_fault_ends_as_the_table_says(String protocol, FaultTable.Row row) {
        assertThat(result(protocol, row).outcome().label()).isEqualTo(row.endsAs());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void a_fault_breaks_the_rules_that_the_table_names(String protocol, FaultTable.Row row) {
        assertThat(result(protocol, row).findings().stream().map(RuleHit::rule).collect(Collectors.toSet()))
                .isEqualTo(row.findings());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void a_slow_answer_shows_in_the_metric_that_the_table_names(String protocol, FaultTable.Row row) {
        CallTiming timing = result(protocol, row).timing();

        row.atLeastMillis()
                .forEach((metric, millis) -> assertThat(nanos(timing, metric))
                        .as(metric)
                        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    @Test
    void the_table_has_rows_of_every_sort() {
        List<FaultTable.Row> rows = FaultTable.rows();

        assertThat(rows).hasSizeGreaterThan(60);
        assertThat(rows).filteredOn(row -> !row.findings().isEmpty()).hasSizeGreaterThan(10);
        assertThat(rows).filteredOn(row -> !row.atLeastMillis().isEmpty()).hasSizeGreaterThan(5);
        assertThat(rows).extracting(FaultTable.Row::fault).doesNotHaveDuplicates();
        assertThat(rows)
                .extracting(FaultTable.Row::endsAs)
                .contains("ok", "connect_failed", "truncated", "timeout", "stream_error(16)", "http_error(401,16)");
    }

    @Test
    void every_fault_that_the_stub_knows_has_a_row() {
        Set<String> tried = FaultTable.rows().stream()
                .flatMap(row -> Arrays.stream(row.fault().split("\\|", -1)))
                .map(fault -> fault.strip().split(";", 2)[0])
                .collect(Collectors.toSet());

        assertThatThrownBy(() -> StubOptions.defaults().withFault("nonsense"))
                .as("what the stub says that it can do wrong")
                .hasMessageStartingWith("expected a fault: ")
                .satisfies(misuse -> assertThat(String.valueOf(misuse.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("")
                                .replace("expected a fault: ", "")
                                .split(", "))
                        .containsExactlyInAnyOrderElementsOf(tried));
    }

    private static CallResult result(String protocol, FaultTable.Row row) {
        return Objects.requireNonNull(FaultTableSimulation.RESULTS.get(protocol + " " + row.fault()));
    }

    private static long nanos(CallTiming timing, String metric) {
        return switch (metric) {
            case "ttfl" -> timing.ttflNanos();
            case "ttfb" -> timing.firstByteNanos() - timing.sentNanos();
            case "max_gap" -> timing.lines().gapNanosMax();
            case "e2e" -> timing.e2eNanos();
            default -> throw new IllegalArgumentException("no metric is called " + metric);
        };
    }
}
