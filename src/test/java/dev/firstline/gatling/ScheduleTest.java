package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.firstline.journey.Arrivals;
import dev.firstline.journey.Profile;
import dev.firstline.journey.Share;
import io.gatling.core.controller.inject.open.OpenInjectionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({"PT3S, 2", "PT20S, 5", "PT10M, 3", "PT30M, 20", "PT8H, 0.5"})
    void gatling_starts_every_user_before_it_is_due(Duration length, double perSecond) {
        Arrivals arrivals = Arrivals.poisson(7, Profile.constant(perSecond, length));
        Schedule schedule = new Schedule(arrivals);
        OpenInjectionStep[] steps = Arrays.stream(schedule.injection())
                .map(io.gatling.javaapi.core.OpenInjectionStep::asScala)
                .toArray(OpenInjectionStep[]::new);
        assertThat(steps.length).isLessThanOrEqualTo(Schedule.STEPS_MAX);
        List<Long> startsNanos = starts(steps);
        assertThat(startsNanos).hasSize(arrivals.count());
        long numbered = 0;
        for (long startNanos : startsNanos) {
            Schedule.Place place = schedule.take(startNanos).orElseThrow();
            assertThat(place.number()).isEqualTo(numbered);
            assertThat(place.dueNanos()).isGreaterThanOrEqualTo(startNanos);
            numbered++;
        }
        assertThat(schedule.take(0)).isEmpty();
    }

    @Test
    void the_first_user_sets_the_epoch_and_no_other() {
        Schedule schedule = new Schedule(Arrivals.evenly(2, Duration.ofSeconds(1)));
        assertThat(schedule.epochNanos()).isEmpty();
        long first = schedule.take(TimeUnit.SECONDS.toNanos(50)).orElseThrow().dueNanos();
        long second = schedule.take(TimeUnit.SECONDS.toNanos(90)).orElseThrow().dueNanos();
        assertThat(schedule.epochNanos())
                .hasValue(TimeUnit.SECONDS.toNanos(51) + TimeUnit.MILLISECONDS.toNanos(Schedule.MARGIN_MILLIS));
        assertThat(second - first).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void a_time_that_was_agreed_on_is_not_changed_by_the_first_user() {
        Share share = new Share(1, 2);
        Schedule schedule =
                new Schedule(Arrivals.evenly(4, Duration.ofSeconds(2)).dealt(share));
        long agreedNanos = TimeUnit.SECONDS.toNanos(100);
        schedule.begin(agreedNanos);

        Schedule.Place place = schedule.take(agreedNanos - schedule.leadNanos()).orElseThrow();

        assertThat(schedule.epochNanos()).hasValue(agreedNanos);
        assertThat(place.number()).as("of all arrivals").isEqualTo(1);
        assertThat(place.dueNanos()).isEqualTo(agreedNanos + TimeUnit.MILLISECONDS.toNanos(500));
        assertThatIllegalStateException().isThrownBy(() -> schedule.begin(agreedNanos));
    }

    @Test
    void a_schedule_without_arrivals_starts_nobody() {
        Schedule schedule = new Schedule(Arrivals.evenly(0, Duration.ofSeconds(1)));
        assertThat(schedule.injection()).isEmpty();
    }

    /** Gatling's own arithmetic, without the waiting. */
    private static List<Long> starts(OpenInjectionStep[] steps) {
        List<Long> starts = new ArrayList<>();
        Iterator<FiniteDuration> users =
                CollectionConverters.asScala(List.<FiniteDuration>of()).iterator();
        for (int i = steps.length - 1; i >= 0; i--) {
            users = steps[i].chain(users);
        }
        while (users.hasNext()) {
            starts.add(users.next().toNanos());
        }
        return starts;
    }
}
