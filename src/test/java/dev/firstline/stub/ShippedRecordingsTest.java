package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.wire.ContentKind;
import dev.firstline.wire.EventKind;
import dev.firstline.wire.InteractiveKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recordings that travel with the jar are believable, legal, and cover all there is. */
final class ShippedRecordingsTest {
    private static final Path FOLDER = Path.of("stubs", Recordings.FOLDER);

    @Test
    void they_cover_all_kinds() {
        Set<String> events = new TreeSet<>();
        Set<String> contents = new TreeSet<>();
        Set<String> interactives = new TreeSet<>();
        turns().flatMap(recording -> events(recording).stream()).forEach(event -> {
            event.fieldNames().forEachRemaining(events::add);
            event.at("/messageEvent/content").fieldNames().forEachRemaining(contents::add);
            event.at("/connectlyInteractiveEvent/interactive").fieldNames().forEachRemaining(interactives::add);
        });
        events.remove("eventId");

        assertThat(events)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventKind.values())
                        .map(EventKind::wireName)
                        .toList());
        assertThat(contents)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ContentKind.values())
                        .map(ContentKind::wireName)
                        .toList());
        assertThat(interactives)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(InteractiveKind.values())
                        .map(InteractiveKind::wireName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("turns")
    void a_turn_has_the_timing_of_a_believable_agent(Recording recording) {
        Plan plan = plan(recording);

        assertThat(plan.dueNanos(0)).isBetween(300_000_000L, 900_000_000L);
        assertThat(plan.endNanos()).isLessThan(2_500_000_000L);
        for (int i = 1; i < plan.steps().size(); i++) {
            assertThat(plan.dueNanos(i) - plan.dueNanos(i - 1)).isBetween(1L, 400_000_000L);
        }
    }

    @ParameterizedTest
    @MethodSource("turns")
    void a_turn_echoes_the_session_and_numbers_its_events(Recording recording) {
        Set<String> ids = new HashSet<>();
        for (JsonNode event : events(recording)) {
            assertThat(ids.add(event.path("eventId").asText())).isTrue();
            assertThat(event.size()).as("one kind and its eventId: %s", event).isEqualTo(2);
        }
        for (JsonNode answer : answers(recording)) {
            assertThat(answer.path("sessionId").asText()).isEqualTo("s-1");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_recording_says_where_it_came_from(Recording recording) {
        assertThat(recording.from().source()).isEqualTo("written by hand");
        assertThat(recording.from().date()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(recording.headers()).containsEntry("Content-Type", "application/json");
    }

    static Stream<Recording> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream()
                    .map(file -> RecordingReader.read(file.toString(), text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Recording> turns() {
        return all().filter(recording -> recording.answers().journey() != null);
    }

    private static Plan plan(Recording recording) {
        return recording.plan(
                new Placeholder.Values("b", "c", "s-1", "Oi!", 1, Instant.EPOCH), 1, Chance.ONLY_WHAT_IS_CERTAIN);
    }

    private static List<JsonNode> answers(Recording recording) {
        List<JsonNode> answers = new ArrayList<>();
        for (Step step : plan(recording).steps()) {
            String line = new String(step.bytes(), StandardCharsets.UTF_8);
            if (!line.isBlank()) {
                JsonNode envelope = Customer.json(line);
                answers.add(envelope.has("result") ? envelope.at("/result/response") : envelope.path("response"));
            }
        }
        return answers;
    }

    private static List<JsonNode> events(Recording recording) {
        List<JsonNode> events = new ArrayList<>();
        answers(recording).forEach(answer -> answer.path("responseEvents").forEach(events::add));
        return events;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
