package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.journey.Ledger;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped over the heads of its users. */
class StoppedRunTest {
    private static @Nullable FakeAgent agent;
    private static @Nullable Path ledger;

    static FakeAgent agent() {
        return Objects.requireNonNull(agent);
    }

    static Path ledger() {
        return Objects.requireNonNull(ledger);
    }

    @Test
    void what_was_in_flight_is_abandoned_once_and_what_is_open_is_known(@TempDir Path results) {
        ledger = results.resolve(Ledger.FILE_NAME);
        try (FakeAgent one = new FakeAgent()) {
            agent = one;
            GatlingRun.of(StoppedSimulation.class, results.resolve("gatling"));
            List<CallResult> turns = StoppedSimulation.CALLS.stream()
                    .filter(call -> call.call() == CallKind.INVOKE)
                    .toList();
            assertThat(StoppedSimulation.FINISHED).hasValue(StoppedSimulation.USERS);
            assertThat(turns).hasSize(StoppedSimulation.USERS).allSatisfy(turn -> {
                assertThat(turn.outcome().label()).isEqualTo("abandoned");
                assertThat(turn.timing().lines().count()).isEqualTo(1);
            });
            assertThat(StoppedSimulation.OPEN).hasSize(StoppedSimulation.USERS);
            assertThat(one.open)
                    .containsExactlyInAnyOrderElementsOf(StoppedSimulation.OPEN.stream()
                            .map(Ledger.OpenSession::sessionId)
                            .toList());
        }
    }
}
