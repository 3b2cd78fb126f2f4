package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.stats.Health;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Shares;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeReasonsTest {
    private static final Map<String, String> STEADY = Map.of("duration", "PT2M");
    private static final Map<String, String> SETTLING = Map.of("duration", "PT2M", "settle", "PT1M");

    private static Shares.Measured measured(long journeys, double seconds, long offered, long achieved) {
        Health health = new Health(1.0, 1.0, 1, 0.1, 0, null, null, 0, offered, achieved, true);
        return new Shares.Measured(journeys, 4 * journeys, seconds, health);
    }

    private static Shares.Part part(
            int injector,
            long planned,
            double lateMs,
            Shares.@Nullable Measured measured,
            Shares.@Nullable Books ledger,
            Shares.Trouble... troubles) {
        RunSummary.Sessions sessions = new RunSummary.Sessions(10, 10, 0);
        Shares.Seen seen =
                new Shares.Seen("results/" + injector, 17, 60, measured == null ? 34.2 : 120, true, sessions, ledger);
        return new Shares.Part(
                        injector, "load-" + injector, planned, lateMs, 0, 0, measured, List.of(troubles), List.of())
                .seen(seen);
    }

    private static List<Reason> reasons(Map<String, String> scenario, Shares.Part... parts) {
        return new MergeReasons(new Shares(1, "load-0", parts.length, List.of(parts)), 0.99, scenario)
                .reasons(List.of());
    }

    private static final Shares.Books BALANCED = new Shares.Books(10, 0, 0);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            all of it                               | 0  | 40  | 120.3 | 40  | 40  | none
            its last journeys came early            | 0  | 40  | 80    | 40  | 40  | none
            one too few                             | 0  | 39  | 120.3 | 39  | 39  | 39 of 40 journeys began
            it never got round to some              | 0  | 40  | 120.3 | 60  | 40  | 40 of 40 journeys began
            after a time to settle, what is likely  | 60 | 180 | 119   | 180 | 180 | none
            still likely                            | 60 | 168 | 119   | 168 | 168 | none
            not likely                              | 60 | 150 | 119   | 150 | 150 | 150 journeys began after the time
            it ended early                          | 60 | 180 | 110   | 180 | 180 | its last call ended after 110 s of
            """)
    void an_injector_that_was_short_is_named(
            String what,
            int settle,
            long journeys,
            double seconds,
            long offered,
            long achieved,
            @Nullable String fact) {
        boolean settles = settle > 0;
        List<Reason> reasons = reasons(
                settles ? SETTLING : STEADY,
                part(0, settles ? 270 : 40, 0, measured(journeys, seconds, offered, achieved), BALANCED));
        if (fact == null) {
            assertThat(reasons).isEmpty();
        } else {
            assertThat(reasons).hasSize(1);
            assertThat(reasons.get(0).fact())
                    .startsWith("injector 0 of 1 (load-0) was short: ")
                    .contains(fact);
            assertThat(reasons.get(0).decision()).isEqualTo(Decision.NO_VERDICT);
        }
    }

    @Test
    void a_beginning_that_is_not_known_well_enough_is_not_known_to_be_in_time() {
        Shares.Part sure = part(0, 40, 0, measured(40, 120, 40, 40), BALANCED);
        Shares.Part unsure =
                new Shares.Part(0, "load-0", 40, 100, 0, 151, sure.measured(), List.of(), List.of(), sure.seen());

        assertThat(reasons(STEADY, sure)).isEmpty();
        assertThat(reasons(STEADY, unsure))
                .extracting(Reason::fact)
                .containsExactly("injector 0 of 1 (load-0) began 100 ms after the agreed time, give or take 151 ms");
    }

    @Test
    void what_befell_each_is_said_of_each() {
        Shares.Measured well = measured(40, 120, 40, 40);
        List<Reason> reasons = reasons(
                STEADY,
                part(0, 40, 250, well, BALANCED),
                part(1, 40, 0, null, new Shares.Books(10, 3, 1)),
                part(2, 40, 250.1, well, BALANCED),
                part(3, 40, 0, well, BALANCED, new Shares.Trouble("contract", "no file", "look")),
                part(4, 40, 0, null, null),
                part(5, 40, 0, well, new Shares.Books(10, 2, 0)));

        assertThat(reasons)
                .extracting(Reason::fact)
                .containsExactly(
                        "injector 1 of 6 (load-1) was lost after 34.2 s: 17 of 40 journeys began, "
                                + "3 sessions are still open, 1 init was never answered",
                        "injector 2 of 6 (load-2) began 250.1 ms after the agreed time",
                        "injector 3 of 6 (load-3): no file",
                        "injector 4 of 6 (load-4) was lost after 34.2 s: 17 of 40 journeys began, "
                                + "nobody knows which sessions are open, as it left no ledger.jsonl",
                        "injector 5 of 6 (load-5): its ledger has 10 sessions opened and 2 open, "
                                + "its figures have 10 opened and 0 leaked");
        assertThat(reasons)
                .extracting(Reason::decision)
                .containsExactly(
                        Decision.FAIL, Decision.NO_VERDICT, Decision.NO_VERDICT, Decision.FAIL, Decision.NO_VERDICT);
        assertThat(reasons.get(0).attempt()).contains("results/1/ledger.jsonl");
        assertThat(reasons.get(2).about()).isEqualTo("contract");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3.1  | 0.4 | 0.2 | 0.4 | clocks: injector 1 is 3.1 ms ± 0.4 ms ahead of injector 0; the others within 0.6 ms
            -3.1 | 0.4 | 5   | 0.4 | clocks: injector 2 is 5 ms ± 0.4 ms ahead of injector 0; the others within 3.5 ms
            -3.1 | 0.4 | 0.2 | 0.4 | clocks: injector 1 is 3.1 ms ± 0.4 ms behind injector 0; the others within 0.6 ms
            0.2  | 0.5 | 0.1 | 0.3 | clocks: all within 0.7 ms of injector 0's
            """)
    void clocks_are_told(double ahead1, double within1, double ahead2, double within2, String note) {
        Shares shares = new Shares(
                1,
                "load-0",
                3,
                List.of(clock(0, 0, 0, "a"), clock(1, ahead1, within1, "a"), clock(2, ahead2, within2, "b")));
        assertThat(MergeNotes.of(shares))
                .contains(note, "injector 0: a", "injector 1: a", "injector 2: b")
                .hasSize(5);
        assertThat(MergeNotes.of(new Shares(1, "load-0", 3, List.of(clock(0, 0, 0, "a")))))
                .containsExactly("a");
    }

    private static Shares.Part clock(int injector, double ahead, double within, String note) {
        return new Shares.Part(injector, "load", 40, 0, ahead, within, null, List.of(), List.of(note));
    }
}
