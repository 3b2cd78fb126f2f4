package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the recording proxy lets through, by the caps of its target. */
final class AdmissionTest {
    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({"20, 20, 20", "1, 1, 1", "0.5, 1, 0", "2.5, 2, 2"})
    void clients_may_come_together_but_no_more_than_in_a_second(double cap, int atOnce, int aSecondLater) {
        Admission admission = admission(cap, 1_000);

        assertThat(admitted(admission, 0)).isEqualTo(atOnce);
        assertThat(admitted(admission, SECOND)).isEqualTo(aSecondLater);
    }

    @Test
    void in_the_long_run_it_is_the_cap() {
        Admission admission = admission(5, 100_000);
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += admitted(admission, i * SECOND);
        }

        assertThat(admitted).isBetween(495, 505);
    }

    @Test
    void no_more_are_open_than_the_cap() {
        Admission admission = admission(1_000, 2);

        assertThat(admitted(admission, 0)).isEqualTo(2);
        admission.answered("one");
        admission.answered("");
        assertThat(admission.open()).isEqualTo(1);
        assertThat(admitted(admission, 1)).isEqualTo(1);
        admission.closed("one");
        assertThat(admitted(admission, 2)).isEqualTo(1);
    }

    private static int admitted(Admission admission, long nowNanos) {
        int admitted = 0;
        while (admission.refused(nowNanos).isEmpty()) {
            admitted++;
        }
        return admitted;
    }

    private static Admission admission(double perSecond, int openSessions) {
        return new Admission(
                new ProxyOptions(
                        0,
                        URI.create("http://127.0.0.1"),
                        "a-key",
                        "shop",
                        perSecond,
                        openSessions,
                        Duration.ofMinutes(10),
                        0),
                0);
    }
}
