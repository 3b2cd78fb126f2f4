package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.wire.ContentKind;
import dev.firstline.wire.Event;
import dev.firstline.wire.EventKind;
import dev.firstline.wire.InteractiveKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JourneyTest {

    @Test
    void all_shipped_journeys_are_read_and_named_as_their_files() {
        assertThat(Yaml.shippedJourneys())
                .extracting(Journey::name)
                .containsExactly(
                        "bot-switch",
                        "form-and-store",
                        "greeting",
                        "location-query",
                        "order-status",
                        "product-search",
                        "sofia");
        assertThat(Yaml.journeyFiles())
                .extracting(path -> path.getFileName().toString())
                .containsExactlyElementsOf(Yaml.shippedJourneys().stream()
                        .map(journey -> journey.name() + ".yaml")
                        .toList());
    }

    @Test
    void a_journey_says_what_its_file_says() {
        Journey journey = Yaml.journey("""
                name: all-of-it
                description: Everything once.
                weight: 7
                agentId: sofia-support
                spelling: snake_case
                turns:
                  - inputs:
                      - assistant: Welcome!
                      - say: Oi!
                    expect: [messageEvent, listMessage]
                  - think: 500ms
                    pickFromList: {nth: 2}
                    abandon: {afterLines: 2}
                  - think: 2s
                    sync: true
                    pressButton: {id: human}
                    abandon: {after: 800ms}
                  - button: {id: ship, title: Ship to me}
                  - listReply: {id: m, title: M, description: Last 2}
                """);

        assertThat(journey)
                .isEqualTo(new Journey(
                        "all-of-it",
                        "Everything once.",
                        7,
                        "sofia-support",
                        Spelling.SNAKE_CASE,
                        List.of(
                                new Turn(
                                        1,
                                        Mode.STREAM,
                                        Duration.ZERO,
                                        List.of(said(Role.ASSISTANT, "Welcome!"), said(Role.USER, "Oi!")),
                                        Set.of(new Expectation("messageEvent"), new Expectation("listMessage")),
                                        null),
                                new Turn(
                                        2,
                                        Mode.STREAM,
                                        Duration.ofMillis(500),
                                        List.of(new Input.ListReply(new Answer.Nth(2))),
                                        Set.of(),
                                        new Abandon.AfterLines(2)),
                                new Turn(
                                        3,
                                        Mode.SYNC,
                                        Duration.ofSeconds(2),
                                        List.of(new Input.ButtonResponse(new Answer.WithId("human"))),
                                        Set.of(),
                                        new Abandon.AfterTime(Duration.ofMillis(800))),
                                turn(4, new Input.ButtonResponse(new Answer.Literal("ship", "Ship to me", null))),
                                turn(5, new Input.ListReply(new Answer.Literal("m", "M", "Last 2"))))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_cannot_be_is_refused_with_its_place(String yaml, String... told) {
        assertThatThrownBy(() -> Yaml.journey(yaml)).isInstanceOf(Misuse.class).hasMessageContainingAll(told);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("[]", "a mapping", "in a.yaml"),
                refusal("{name: a}", "expected turns", "in a.yaml"),
                refusal("{name: a, turns: []}", "a list of at least one", "a.yaml, turns"),
                refusal("{name: Big, turns: [{say: hi}]}", "lower-case letters", "Big"),
                refusal("{turns: [{say: hi}]}", "expected name"),
                refusal("{name: a, wieght: 2, turns: [{say: hi}]}", "saw wieght", "did you mean weight?"),
                refusal("{name: a, weight: 0, turns: [{say: hi}]}", "from 1 to 1000", "saw 0", "a.yaml, weight"),
                refusal("{name: a, spelling: kebab, turns: [{say: hi}]}", "camelCase or snake_case", "saw kebab"),
                refusal(turn("{}"), "exactly one of say, assistant", "saw none", "a.yaml, turn 1"),
                refusal(turn("{say: hi, audio: u}"), "saw say and audio", "inputs:"),
                refusal(turn("{inputs: [{say: hi}], audio: u}"), "either inputs or one input", "inputs and audio"),
                refusal(turn("{inputs: [{say: hi}, {sai: hi}]}"), "saw sai", "turn 1, input 2", "did you mean say?"),
                refusal(turn("{inputs: [{say: hi, think: 2s}]}"), "saw think", "turn 1, input 1"),
                refusal(turn("{say: 1001}"), "expected text", "saw 1001", "quotation marks"),
                refusal(turn("{say: ''}"), "expected text", "a.yaml, turn 1, say"),
                refusal(turn("{say: hi, think: 2 seconds}"), "500ms, 2s or 5m", "saw 2 seconds", "turn 1, think"),
                refusal(turn("{say: hi, think: 61m}"), "think must be from 0 to PT1H", "turn 1"),
                refusal(turn("{say: hi, sync: yes please}"), "true or false", "turn 1, sync"),
                refusal(turn("{say: hi, expect: listMesage}"), "saw \"listMesage\"", "did you mean listMessage?"),
                refusal(turn("{say: hi, expect: [messageEvent, 7]}"), "saw 7", "turn 1, expect"),
                refusal(turn("{say: hi, abandon: {}}"), "either afterLines or after", "saw neither"),
                refusal(turn("{say: hi, abandon: {after: 1s, afterLines: 1}}"), "saw both"),
                refusal(turn("{say: hi, abandon: {after: 0ms}}"), "more than zero"),
                refusal(turn("{say: hi, abandon: {after: 1s}, expect: messageEvent}"), "cannot expect anything"),
                refusal(turn("{say: hi, sync: true, abandon: {afterLines: 1}}"), "has no lines"),
                refusal(turn("{location: {latitude: 90.5, longitude: 0}}"), "from -90 to 90", "saw 90.5"),
                refusal(turn("{location: {latitude: 1, longitude: -181}}"), "from -180 to 180", "location, longitude"),
                refusal(turn("{location: {latitude: '25,4', longitude: 0}}"), "decimal point", "25,4"),
                refusal(turn("{image: {caption: rx}}"), "expected url", "turn 1, image"),
                refusal(turn("{button: {id: x}}"), "expected title"),
                refusal(turn("{button: {id: x, title: X, description: no}}"), "saw description"),
                refusal(turn("{form: {}}"), "at least one field"),
                refusal(turn("{form: {day: 12}}"), "expected text", "form, day"),
                refusal(turn("{store: {storeId: 22473}}"), "expected text", "store, storeId"),
                refusal(turn("{pickFromList: first}"), "nothing has been shown yet"),
                refusal(turn("{pickFromList: last}"), "first, {nth: 2} or {id: …}", "saw \"last\""),
                refusal(turn("{pressButton: {nth: 0}}"), "whole number from 1", "pressButton, nth"),
                refusal(turn("{pressButton: {nth: 1, id: x}}"), "first, {nth: 2} or {id: …}"));
    }

    @Test
    void an_expectation_is_met_by_a_kind_of_event_of_content_or_of_interactive() {
        Turn turn = Yaml.journey(
                        turn("{say: hi, expect: [messageEvent, imageContent, listMessage, sessionCloseEvent]}"))
                .turns()
                .get(0);
        Event image =
                new Event(EventKind.MESSAGE_EVENT, "messageEvent", ContentKind.IMAGE_CONTENT, null, "1", List.of());
        Event list = new Event(
                EventKind.CONNECTLY_INTERACTIVE_EVENT,
                "connectly_interactive_event",
                null,
                InteractiveKind.LIST_MESSAGE,
                "2",
                List.of());
        Event unknown = new Event(null, "futureEvent", null, null, null, List.of());

        assertThat(turn.unmet(List.of())).hasSize(4);
        assertThat(turn.unmet(List.of(image, unknown))).hasToString("[listMessage, sessionCloseEvent]");
        assertThat(turn.unmet(List.of(list, image))).containsExactly(new Expectation("sessionCloseEvent"));
    }

    private static Arguments refusal(String yaml, String... told) {
        return Arguments.of(yaml, told);
    }

    private static String turn(String turn) {
        return "{name: a, turns: [" + turn + "]}";
    }

    private static Turn turn(int number, Input input) {
        return new Turn(number, Mode.STREAM, Duration.ZERO, List.of(input), Set.of(), null);
    }

    private static Input said(Role role, String text) {
        return new Input.Message(role, new Content.Text(text));
    }
}
