package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong ends with 2, says what was expected, and shows no stack trace. */
@Epic("Command line")
@Feature("Bad input")
final class MisuseIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    run                                            | SIMULATION
                    run sprint                                     | sprint
                    run smoke --target nowhere                     | stub, local, staging, vendor
                    run smoke --target vendor                      | production
                    run smoke --target staging                     | FIRSTLINE_STAGING_KEY
                    run smoke --targets no-such.yaml               | no-such.yaml
                    run smoke --journeys no-such-folder            | no-such-folder
                    run smoke --journey greting                    | did you mean greeting?
                    run smoke --contracts no-such-folder           | no-such-folder
                    run load --rate fast                           | a number above 0
                    run load --duration 5                          | such as 500ms
                    run smoke --rate 5                             | for smoke, one of duration, rounds
                    run load --rounds 3                            | for load, one of rate, duration
                    run load --max-duration 1x                     | such as 500ms
                    run smoke --speed -1                           | a number of 0 or more
                    run smoke --fault explode                      | explode
                    run smoke --unknown                            | --unknown
                    stub --port 70000                              | 65535
                    stub --bind 192.0.2.1                          | an address of this machine
                    stub --stubs no-such-folder                    | no-such-folder
                    stub --timing slow                             | a timing: recorded, fitted
                    stub --target local                            | --target is for --record
                    stub --record                                  | --record needs --target
                    stub --record --target local --speed 2         | --speed is for a stub that replays
                    stub --record --target local --bind 0.0.0.0    | --bind is for a stub that replays
                    stub --record --target stub                    | a target with an address
                    stub --record --target vendor                  | production
                    stub --record --target local --as Shop         | lower-case letters
                    stub --record --target local --redact (        | a regular expression
                    proxy --port 70000                             | 65535
                    proxy --bind 192.0.2.1                         | an address of this machine
                    proxy --port 0 --listen 8666:127.0.0.1:8080    | NAME=PORT:HOST:PORT
                    record                                         | --target
                    record --target nowhere --journey a.yaml       | stub, local, staging, vendor
                    record --target vendor --journey a.yaml        | production
                    record --target stub --journey no-such.yaml    | no-such.yaml
                    record --target stub --journey a --takes 0     | 1 to 1000 takes
                    record --target stub --journey a --redact-pointer x | a JSON pointer
                    merge .                                        | --out
                    merge no-such-folder --out all                 | one that holds some
                    merge . --out all --injectors 0                | a whole number of 1 or more
                    merge . --out all --wait 5                     | such as 500ms
                    frobnicate                                     | frobnicate
                    """)
    void a_bad_argument_is_told_in_words(String arguments, String said) throws Exception {
        Jar.Ended ended = new Jar(folder).run(SOON, arguments.trim().split(" +"));

        assertThat(ended.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(ended.code()).isEqualTo(2);
    }

    @ParameterizedTest(name = "capacity {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    --today -4                  | a number above 0
                    --today 1e308               | at most 1000000
                    --headroom Infinity         | a number above 0
                    --seed x                    | a whole number
                    --workers -1                | a whole number of 1 or more
                    --fault explode             | explode
                    --max-turns 10              | turns, which the first step costs
                    --max-time 1s               | at least 62s
                    --start 1e9                 | at most 1000000
                    --start 90000               | journeys a second: a step of
                    """)
    void a_search_is_refused_before_anything_is_made(String arguments, String said) throws Exception {
        Jar.Ended ended = new Jar(folder).run(SOON, ("capacity " + arguments.trim()).split(" +"));

        assertThat(ended.err()).contains(said, "saw", "try").doesNotContain("\tat ", "Exception");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void a_bad_file_is_told_with_its_line() throws Exception {
        Path contracts = Files.createDirectory(folder.resolve("contracts"));
        Files.writeString(contracts.resolve("slo.yaml"), """
                turn: {ttfl_ms: 2000, max_gap_ms: 1500, e2e_ms: 5000, stall_ms: 1500}
                simulations:
                  smoke:
                    promises:
                      - {metric: ttfl, p95: 800}
                """);

        Jar.Ended ended = new Jar(folder).run(SOON, "run", "smoke", "--contracts", "contracts");

        assertThat(ended.err()).contains("slo.yaml:5").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void a_contract_that_is_none_gets_no_load() throws Exception {
        Path schemas = Files.createDirectories(folder.resolve("contracts/schemas/v1/wire"));
        Files.copy(Path.of("contracts/slo.yaml"), folder.resolve("contracts/slo.yaml"));
        Files.writeString(schemas.resolve("stream-line.schema.json"), "{\"typo\": \"object\"}");

        Jar.Ended ended = new Jar(folder).run(SOON, "run", "smoke", "--contracts", "contracts");

        assertThat(ended.err()).contains("stream-line").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void without_arguments_it_says_what_it_can_do() throws IOException, InterruptedException {
        Jar.Ended ended = new Jar(folder).run(SOON, "--help");

        assertThat(ended.out()).contains("run", "stub", "NO VERDICT", "Examples:");
        assertThat(ended.code()).isZero();
    }
}
