package dev.firstline.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.wire.Choice.Source;
import dev.firstline.wire.Envelope.Answer;
import dev.firstline.wire.Envelope.Failure;
import dev.firstline.wire.Envelope.Wrapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeReaderTest {
    private static final String SESSION = "b6bed81c-5fda-486d-b96c-1ff3af36219a";

    @Test
    void the_nine_lines_of_the_vendors_conversation() {
        List<Answer> answers = nineLines().stream()
                .map(EnvelopeReader::read)
                .map(Answer.class::cast)
                .toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.wrapper()).isEqualTo(Wrapper.RESULT);
            assertThat(answer.sessionId()).isEqualTo(SESSION);
        });
        assertThat(answers)
                .extracting(answer ->
                        answer.events().stream().map(EnvelopeReaderTest::brief).toList())
                .containsExactly(
                        List.of("messageEvent.textContent ev-0001"),
                        List.of("chatSuggestionEvent ev-0002"),
                        List.of("messageEvent.textContent ev-0003"),
                        List.of("recommendationEvent ev-0004", "chatSuggestionEvent ev-0005"),
                        List.of("connectlyInteractiveEvent.listMessage ev-0006"),
                        List.of("connectlyInteractiveEvent.replyButtonMessage ev-0007"),
                        List.of("messageEvent.textContent ev-0008"),
                        List.of("agentHandoverEvent ev-0009"),
                        List.of("resolutionSurveyEvent ev-0010", "sessionCloseEvent ev-0011"));
        assertThat(answers.get(4).events().get(0).choices())
                .containsExactly(
                        new Choice(Source.LIST_ROW, "SKU-1001-S", "S", "In stock"),
                        new Choice(Source.LIST_ROW, "SKU-1001-M", "M", "Last 2"));
        assertThat(answers.get(5).events().get(0).choices())
                .containsExactly(
                        new Choice(Source.BUTTON, "pickup", "Pick up in store", null),
                        new Choice(Source.BUTTON, "ship", "Ship to me", null),
                        new Choice(Source.BUTTON, "human", "Talk to a person", null));
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void every_event_kind_in_both_spellings(EventKind kind) {
        for (String key : spellings(kind.wireName())) {
            Event event = event("{\"%s\":{},\"eventId\":\"e\"}".formatted(key));
            assertThat(event).isEqualTo(new Event(kind, key, null, null, "e", List.of()));
            assertThat(event.is(kind.wireName())).isTrue();
            assertThat(event.customerSees())
                    .isEqualTo(kind != EventKind.SESSION_CLOSE_EVENT && kind != EventKind.BLIP_COMMAND_EVENT);
        }
    }

    @ParameterizedTest
    @EnumSource(ContentKind.class)
    void every_content_kind_in_both_spellings(ContentKind kind) {
        for (String key : spellings(kind.wireName())) {
            Event event = event("{\"event_id\":\"e\",\"messageEvent\":{\"content\":{\"%s\":{}}}}".formatted(key));
            assertThat(event.content()).isEqualTo(kind);
            assertThat(event.eventId()).isEqualTo("e");
            assertThat(event.is(kind.wireName())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(InteractiveKind.class)
    void every_interactive_kind_in_both_spellings(InteractiveKind kind) {
        for (String key : spellings(kind.wireName())) {
            Event event = event("{\"connectly_interactive_event\":{\"interactive\":{\"%s\":{}}}}".formatted(key));
            assertThat(event.interactive()).isEqualTo(kind);
            assertThat(event.is(kind.wireName())).isTrue();
            assertThat(event.choices()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(InputKind.class)
    void every_input_kind_in_both_spellings(InputKind kind) {
        assertThat(spellings(kind.wireName()))
                .allSatisfy(key -> assertThat(InputKind.of(key)).isEqualTo(kind));
    }

    @Test
    void both_spellings_of_the_envelope() {
        assertThat(read("{\"result\":{\"response\":{\"session_id\":\"s\",\"response_events\":"
                        + "[{\"session_close_event\":{}}]}}}"))
                .isEqualTo(new Answer(
                        Wrapper.RESULT,
                        "s",
                        List.of(new Event(
                                EventKind.SESSION_CLOSE_EVENT, "session_close_event", null, null, null, List.of()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"result":{"response":{}}}                                 | RESULT
                    {"result":{"response":{}},"error":null}                    | RESULT
                    {"result":{}}                                              | RESULT
                    {"result":{"response":null}}                               | RESULT
                    {"response":{}}                                            | RESPONSE
                    {"result":null,"response":{}}                              | RESPONSE
                    {"response":{"sessionId":"s"}}                             | RESPONSE
                    {"messageEvent":{}}                                        | BARE_EVENT
                    {"session_close_event":{},"eventId":"e"}                   | BARE_EVENT
                    {"eventId":"e"}                                            | UNKNOWN
                    {"messageEvent":null}                                      | UNKNOWN
                    {"messageEvent":"text"}                                    | UNKNOWN
                    {"result":[]}                                              | UNKNOWN
                    {"result":null,"error":null}                               | UNKNOWN
                    {"error":"text"}                                           | UNKNOWN
                    {"code":null,"message":null}                               | UNKNOWN
                    {"data":{"response":{"responseEvents":[{"messageEvent":{}}]}}} | UNKNOWN
                    {}                                                         | UNKNOWN
                    """)
    void what_stands_around_a_response(String line, Wrapper wrapper) {
        assertThat(((Answer) read(line)).wrapper()).isEqualTo(wrapper);
        assertThat(((Answer) read(" \t" + line + " \r")).wrapper()).isEqualTo(wrapper);
    }

    @Test
    void a_bare_event_is_read_like_one_in_a_response() {
        String event = "{\"eventId\":\"e\",\"messageEvent\":{\"content\":{\"textContent\":{}}}}";
        assertThat(read(event)).isEqualTo(new Answer(Wrapper.BARE_EVENT, null, List.of(event(event))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"error":{"code":14,"message":"gone","details":[]}}                 | 14  | gone
                    {"result":null,"error":{"code":14,"message":"gone"}}                | 14  | gone
                    {"result":{"response":{}},"error":{"code":14,"message":"gone"}}     | 14  | gone
                    {"code":5,"message":"Not Found","details":[]}                       | 5   | Not Found
                    {"message":"m","type":"ERROR_TYPE_X","code":"ERROR_CODE_Y","details":{}} | ERROR_CODE_Y | m
                    {"error":{"code":"ERROR_CODE_Y","message":"m","userTitle":"t"}}     | ERROR_CODE_Y | m
                    {"error":{"code":null,"message":null}}                              | `` | ``
                    {"error":{"code":true,"message":7}}                                 | `` | ``
                    {"error":{"code":{"a":1},"message":["b"]}}                          | `` | ``
                    {"error":{}}                                                        | `` | ``
                    {"message":"m"}                                                     | `` | m
                    {"code":null,"message":"m"}                                         | `` | m
                    {"code":13}                                                         | 13 | ``
                    """)
    void every_shape_of_an_error(String line, String code, String message) {
        assertThat(read(line)).isEqualTo(new Failure(new ApiError(code, message)));
    }

    @Test
    void one_event_key_counts_and_null_members_do_not() {
        assertThat(brief(event("{\"messageEvent\":null,\"recommendationEvent\":{},\"agentHandoverEvent\":null}")))
                .isEqualTo("recommendationEvent null");
        assertThat(brief(event("{\"messageEvent\":{\"content\":{\"audioContent\":null,\"textContent\":{}}}}")))
                .isEqualTo("messageEvent.textContent null");
        assertThat(brief(event("{\"newEvent\":{\"a\":[1]},\"messageEvent\":{}}")))
                .isEqualTo("messageEvent null");
        assertThat(brief(event("{\"messageEvent\":{},\"newEvent\":{\"a\":[1]}}")))
                .isEqualTo("messageEvent null");
        assertThat(event("{\"newEvent\":{},\"eventId\":\"\"}"))
                .isEqualTo(new Event(null, "newEvent", null, null, "", List.of()));
        assertThat(event("{}")).isEqualTo(new Event(null, "", null, null, null, List.of()));
        assertThat(event("{\"newEvent\":{}}").customerSees()).isFalse();
    }

    @Test
    void choices_belong_to_the_interactive_kind_that_is_told() {
        Event event = event("{\"connectlyInteractiveEvent\":{\"interactive\":{"
                + "\"replyButtonMessage\":{\"buttons\":[{\"id\":\"a\",\"text\":\"A\"}]},"
                + "\"listMessage\":{\"sections\":[{\"rows\":[{\"id\":\"b\"}]}]},\"callToActionMessage\":{}}}}");
        assertThat(event.interactive()).isEqualTo(InteractiveKind.REPLY_BUTTON_MESSAGE);
        assertThat(event.choices()).containsExactly(new Choice(Source.BUTTON, "a", "A", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"singleProductMessage", "multi_product_message", "replyButtonMessage"})
    void buttons_are_choices_and_headers_footers_and_sections_of_products_are_not(String kind) {
        Event event = event("{\"connectlyInteractiveEvent\":{\"bodyText\":\"b\",\"interactive\":{\"" + kind
                + "\":{\"header\":{\"buttons\":[{\"id\":\"no\"}]},"
                + "\"actionButton\":{\"id\":\"no\",\"text\":\"no\"},"
                + "\"sections\":[{\"title\":\"t\",\"productItems\":[{\"productRetailerId\":\"no\"}]}],"
                + "\"buttons\":[{\"id\":\"1\",\"text\":\"one\",\"more\":{\"id\":\"no\"}},"
                + "null,7,{\"text\":\"two\"}]}}}}");
        assertThat(event.choices())
                .containsExactly(
                        new Choice(Source.BUTTON, "1", "one", null), new Choice(Source.BUTTON, "", "two", null));
    }

    @Test
    void rows_of_all_sections_are_choices_in_order() {
        Event event = event("{\"connectlyInteractiveEvent\":{\"interactive\":"
                + "{\"listMessage\":{\"button\":{\"id\":\"no\"},"
                + "\"sections\":[{\"title\":\"t\",\"rows\":[{\"description\":\"d\",\"text\":\"t\",\"id\":\"1\"}]},"
                + "{\"rows\":null},{},[],{\"rows\":[{\"id\":2},{\"id\":\"3\",\"text\":null}]}]}}}}");
        assertThat(event.choices())
                .containsExactly(
                        new Choice(Source.LIST_ROW, "1", "t", "d"),
                        new Choice(Source.LIST_ROW, "", "", null),
                        new Choice(Source.LIST_ROW, "3", "", null));
    }

    /** Each member in turn holds each wrong type: nothing throws, and what stands beside it is still read. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "7", "1e400", "\"text\"", "[]", "[[{}]]", "{}", "{\"a\":{\"b\":[1]}}"})
    void a_wrong_type_is_passed_over(String value) {
        List<String> places = List.of(
                "{\"result\":%s,\"response\":{\"sessionId\":\"s\"}}",
                "{\"result\":{\"response\":%s}}",
                "{\"result\":{\"response\":{\"sessionId\":%s,\"responseEvents\":[]}}}",
                "{\"result\":{\"response\":{\"responseEvents\":%s,\"sessionId\":\"s\"}}}",
                "{\"result\":{\"response\":{\"responseEvents\":[%s],\"sessionId\":\"s\"}}}",
                "{\"response\":{\"responseEvents\":[{\"eventId\":%s,\"messageEvent\":{}}]}}",
                "{\"response\":{\"responseEvents\":[{\"messageEvent\":%s,\"eventId\":\"e\"}]}}",
                "{\"response\":{\"responseEvents\":[{\"messageEvent\":{\"content\":%s},\"eventId\":\"e\"}]}}",
                "{\"response\":{\"responseEvents\":[{\"messageEvent\":{\"content\":{\"textContent\":%s}}}]}}",
                "{\"response\":{\"responseEvents\":[{\"connectlyInteractiveEvent\":{\"interactive\":%s}}]}}",
                "{\"response\":{\"responseEvents\":[{\"connectlyInteractiveEvent\":"
                        + "{\"interactive\":{\"listMessage\":%s}}}]}}",
                "{\"response\":{\"responseEvents\":[{\"connectlyInteractiveEvent\":"
                        + "{\"interactive\":{\"listMessage\":{\"sections\":%s}}}}]}}",
                "{\"response\":{\"responseEvents\":[{\"connectlyInteractiveEvent\":"
                        + "{\"interactive\":{\"replyButtonMessage\":{\"buttons\":[{\"id\":%s}]}}}}]}}");
        for (String place : places) {
            Envelope envelope = read(place.formatted(value));
            assertThat(envelope).as(place).isInstanceOf(Answer.class);
            if (place.endsWith("\"sessionId\":\"s\"}}}")) {
                assertThat(((Answer) envelope).sessionId()).as(place).isEqualTo("s");
            }
            if (place.contains("\"eventId\":\"e\"")) {
                assertThat(((Answer) envelope).events().get(0).eventId())
                        .as(place)
                        .isEqualTo("e");
            }
        }
        assertThat(read("{\"error\":{\"code\":1,\"details\":%s}}".formatted(value)))
                .isEqualTo(new Failure(new ApiError("1", "")));
    }

    private static String brief(Event event) {
        String behind = event.content() != null
                ? "." + event.content().wireName()
                : event.interactive() != null ? "." + event.interactive().wireName() : "";
        return event.key() + behind + " " + event.eventId();
    }

    private static Event event(String json) {
        Answer answer = (Answer) read("{\"result\":{\"response\":{\"responseEvents\":[" + json + "]}}}");
        return answer.events().get(0);
    }

    private static List<String> spellings(String camelCase) {
        return List.of(camelCase, WireNames.snakeCase(camelCase));
    }

    private static Envelope read(@Nullable String line) {
        return EnvelopeReader.read(bytes(text(line)));
    }

    /** A table's empty cell is null. */
    private static String text(@Nullable String cell) {
        return cell == null ? "" : cell;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static List<byte[]> nineLines() {
        List<byte[]> lines = new ArrayList<>();
        LineDecoder decoder = new LineDecoder();
        try (InputStream in = EnvelopeReaderTest.class.getResourceAsStream("nine-lines.ndjson")) {
            decoder.feed(ByteBuffer.wrap(Objects.requireNonNull(in).readAllBytes()), line -> lines.add(line.bytes()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(lines).hasSize(9);
        return lines;
    }
}
