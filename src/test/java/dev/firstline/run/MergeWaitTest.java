package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stats.Clock;
import dev.firstline.stats.SummaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeWaitTest {
    @TempDir
    private Path root;

    private final List<String> said = new ArrayList<>();
    private final Map<Long, Event> events = new TreeMap<>();
    private Path results = Path.of("");
    private long nowNanos;

    private interface Event {
        void happens() throws IOException;
    }

    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nowNanos);
        }
    };

    @BeforeEach
    void a_volume() throws IOException {
        results = Files.createDirectories(root.resolve("results"));
    }

    private Parts wait(int injectors, Duration time) throws Exception {
        MergeWait.Pause pause = passed -> {
            assertThat(passed).isPositive();
            nowNanos += passed.toNanos();
            Event event = events.remove(nowNanos / 1_000_000_000);
            try {
                if (event != null) {
                    event.happens();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return new MergeWait(List.of(results), injectors, clock, pause, said::add).atMost(time);
    }

    @Test
    void it_waits_for_all_and_says_for_whom_when_that_changes() throws Exception {
        SharedLoad load = new SharedLoad(root, 3, 1);
        events.put(3L, () -> load.kill(0, 2));
        events.put(5L, () -> {
            load.walk(0);
            load.kill(1, 2);
            load.kill(2, 2);
        });
        events.put(8L, () -> load.walk(1));
        events.put(9L, () -> load.walk(2));

        Parts parts = wait(3, Duration.ofMinutes(1));

        assertThat(parts.folders()).hasSize(3);
        assertThat(nowNanos).isEqualTo(Duration.ofSeconds(9).toNanos());
        assertThat(said)
                .containsExactly(
                        "waiting: injectors 0, 1 and 2 have not begun, of 3",
                        "waiting: injector 0 is under way, injectors 1 and 2 have not begun, of 3",
                        "waiting: injectors 1 and 2 are under way, of 3",
                        "waiting: injector 2 is under way, of 3");
    }

    @Test
    void it_takes_what_is_there_when_the_time_is_over() throws Exception {
        SharedLoad load = new SharedLoad(root, 3, 1).walk();
        Files.delete(load.folder(1).resolve(SummaryFile.NAME));

        assertThat(wait(0, Duration.ofMillis(2_500)).folders()).hasSize(3);
        assertThat(nowNanos).isEqualTo(Duration.ofMillis(2_500).toNanos());
        assertThat(said)
                .containsExactly(
                        "waiting: injector 1 is under way, of 3", "waited 2 s in vain: injector 1 is under way, of 3");
    }

    @Test
    void it_waits_for_nobody_who_will_not_begin_any_more() throws Exception {
        SharedLoad load = new SharedLoad(root, 3, 1);
        events.put(3L, () -> load.waitInVain(0, "waited"));

        assertThat(wait(3, Duration.ofHours(1)).folders()).hasSize(1);
        assertThat(nowNanos).isLessThan(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void it_may_come_before_the_first_injector_has_made_a_folder() throws Exception {
        Files.delete(results);
        events.put(4L, () -> {
            Files.createDirectories(results);
            new SharedLoad(root, 2, 1).walk();
        });

        assertThat(wait(2, Duration.ofMinutes(1)).folders()).hasSize(2);
        assertThat(said).containsExactly("waiting: injectors 0 and 1 have not begun, of 2");
    }

    @Test
    void it_does_not_wait_for_those_who_have_ended_or_are_not_told_of() throws Exception {
        assertThat(wait(0, Duration.ofSeconds(2)).folders()).isEmpty();
        assertThat(said).last().isEqualTo("waited 2 s in vain: no injector has begun");
        new SharedLoad(root, 2, 1).walk();
        assertThat(wait(2, Duration.ofHours(1)).folders()).hasSize(2);
        assertThat(nowNanos).isEqualTo(Duration.ofSeconds(2).toNanos());
    }
}
