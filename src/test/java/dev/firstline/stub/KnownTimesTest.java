package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KnownTimesTest {
    private final KnownTimes known = KnownTimes.shipped();

    @Test
    void a_turns_lines_leave_when_its_recording_says() {
        assertThat(known.of("greeting", 1)).hasValue(new long[] {412_500_000, 688_000_000});
    }

    @Test
    void a_keep_alive_is_no_line() {
        long[] lines = known.of("sofia", 3).orElseThrow();

        assertThat(lines).hasSize(6).isSorted();
    }

    @Test
    void what_is_not_known_is_not_guessed() {
        assertThat(known.of("greeting", 3)).isEmpty();
        assertThat(known.of("nobody", 1)).isEmpty();
        assertThat(known.count()).isGreaterThan(12);
    }
}
