package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.wire.Choice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
    private static final String IDS = "'businessId':'B','clientKey':'c','sessionId':'s'";
    private static final String SNAKE_IDS = "'business_id':'B','client_key':'c','session_id':'s'";
    private static final List<Choice> SHOWN = List.of(
            new Choice(Choice.Source.LIST_ROW, "s-1", "S", "In stock"),
            new Choice(Choice.Source.BUTTON, "ship", "Ship to me", null),
            new Choice(Choice.Source.LIST_ROW, "m-1", "M", null),
            new Choice(Choice.Source.BUTTON, "human", "Talk \"now\"", null),
            new Choice(Choice.Source.BUTTON, "", "No id", null));

    @Test
    void the_ids_are_sent_where_they_are_documented_and_nowhere_else() {
        Requests requests = Requests.of(target("agent-of-the-target"), List.of());

        assertThat(text(requests.health("c"))).isEqualTo(json("{'businessId':'B','clientKey':'c'}"));
        assertThat(text(requests.init("c"))).isEqualTo(json("{'businessId':'B','clientKey':'c'}"));
        assertThat(text(requests.close("c", "s"))).isEqualTo(json("{" + IDS + "}"));
        assertThat(text(requests.init("c", Spelling.SNAKE_CASE)))
                .isEqualTo(json("{'business_id':'B','client_key':'c'}"));
        assertThat(text(requests.close("c", "s", Spelling.SNAKE_CASE))).isEqualTo(json("{" + SNAKE_IDS + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "say: Oi!"
                        + "|{'messageEvent':{'role':'USER','content':{'textContent':{'text':'Oi!'}}}}"
                        + "|{'message_event':{'role':'USER','content':{'text_content':{'text':'Oi!'}}}}",
                "assistant: Hello"
                        + "|{'messageEvent':{'role':'ASSISTANT','content':{'textContent':{'text':'Hello'}}}}"
                        + "|{'message_event':{'role':'ASSISTANT','content':{'text_content':{'text':'Hello'}}}}",
                "audio: 'https://c/a.ogg'"
                        + "|{'messageEvent':{'role':'USER','content':{'audioContent':{'url':'https://c/a.ogg'}}}}"
                        + "|{'message_event':{'role':'USER','content':{'audio_content':{'url':'https://c/a.ogg'}}}}",
                "image: {url: u, caption: c}"
                        + "|{'messageEvent':{'role':'USER','content':{'imageContent':{'url':'u','caption':'c'}}}}"
                        + "|{'message_event':{'role':'USER','content':{'image_content':{'url':'u','caption':'c'}}}}",
                "image: {url: u}"
                        + "|{'messageEvent':{'role':'USER','content':{'imageContent':{'url':'u'}}}}"
                        + "|{'message_event':{'role':'USER','content':{'image_content':{'url':'u'}}}}",
                "location: {latitude: 25.41914, longitude: -100.95128, name: P, address: Á – S}"
                        + "|{'messageEvent':{'role':'USER','content':{'locationContent':"
                        + "{'latitude':25.41914,'longitude':-100.95128,'name':'P','address':'Á – S'}}}}"
                        + "|{'message_event':{'role':'USER','content':{'location_content':"
                        + "{'latitude':25.41914,'longitude':-100.95128,'name':'P','address':'Á – S'}}}}",
                "button: {id: b, title: B}"
                        + "|{'buttonResponseEvent':{'id':'b','title':'B'}}"
                        + "|{'button_response_event':{'id':'b','title':'B'}}",
                "listReply: {id: r, title: R, description: D}"
                        + "|{'listReplyEvent':{'id':'r','title':'R','description':'D'}}"
                        + "|{'list_reply_event':{'id':'r','title':'R','description':'D'}}",
                "form: {firstName: Ana, day: '2026-12-01'}"
                        + "|{'filledFormResponseEvent':{'formData':{'firstName':'Ana','day':'2026-12-01'}}}"
                        + "|{'filled_form_response_event':{'form_data':{'firstName':'Ana','day':'2026-12-01'}}}",
                "store: {storeId: '22473', name: N, cpName: CP-1, city: C, state: COA}"
                        + "|{'storeEvent':{'storeId':'22473','name':'N','cpName':'CP-1','city':'C','state':'COA'}}"
                        + "|{'store_event':{'store_id':'22473','name':'N','cp_name':'CP-1','city':'C','state':'COA'}}",
                "store: {storeId: '22473'}" + "|{'storeEvent':{'storeId':'22473'}}"
                        + "|{'store_event':{'store_id':'22473'}}",
                "pickFromList: first"
                        + "|{'listReplyEvent':{'id':'s-1','title':'S','description':'In stock'}}"
                        + "|{'list_reply_event':{'id':'s-1','title':'S','description':'In stock'}}",
                "pickFromList: {nth: 2}"
                        + "|{'listReplyEvent':{'id':'m-1','title':'M'}}"
                        + "|{'list_reply_event':{'id':'m-1','title':'M'}}",
                "pressButton: {id: human}"
                        + "|{'buttonResponseEvent':{'id':'human','title':'Talk \\'now\\''}}"
                        + "|{'button_response_event':{'id':'human','title':'Talk \\'now\\''}}"
            })
    void every_input_is_written_in_both_spellings(String input, String camel, String snake) {
        assertThat(said(input, "camelCase", SHOWN)).isEqualTo(json("{" + IDS + ",'inputEvents':[" + camel + "]}"));
        assertThat(said(input, "snake_case", SHOWN))
                .isEqualTo(json("{" + SNAKE_IDS + ",'input_events':[" + snake + "]}"));
    }

    @Test
    void several_inputs_keep_their_order_and_picks_stand_between_them() {
        assertThat(said("inputs: [{say: This one}, {pickFromList: first}, {say: please}]", "camelCase", SHOWN))
                .isEqualTo(json("{" + IDS + ",'inputEvents':["
                        + "{'messageEvent':{'role':'USER','content':{'textContent':{'text':'This one'}}}},"
                        + "{'listReplyEvent':{'id':'s-1','title':'S','description':'In stock'}},"
                        + "{'messageEvent':{'role':'USER','content':{'textContent':{'text':'please'}}}}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pickFromList: first      | the list to pick from did not come",
                "pressButton: {id: human} | the buttons to press did not come"
            })
    void nothing_shown_is_said_and_not_sent(String input, String why) {
        assertThat(turn(input, "camelCase", List.of())).isEqualTo(new TurnBody.Unpickable(why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pickFromList: {nth: 3}     | no row with an id in place 3 of the 2 shown",
                "pickFromList: {id: 'ship'} | no row with the id ship among the 2 shown",
                "pressButton: {id: nobody}  | no button with the id nobody among the 3 shown",
                "pressButton: {nth: 3}      | no button with an id in place 3 of the 3 shown"
            })
    void a_pick_that_was_not_shown_is_said_and_not_sent(String input, String why) {
        assertThat(turn(input, "camelCase", SHOWN)).isEqualTo(new TurnBody.Unpickable(why));
    }

    @ParameterizedTest
    @CsvSource({"own,theirs,own", "own,,own", ",theirs,theirs", ",,"})
    void the_agent_of_the_journey_comes_before_the_targets(
            @Nullable String ofJourney, @Nullable String ofTarget, @Nullable String sent) {
        Journey journey = Yaml.journey((ofJourney == null ? "" : "agentId: " + ofJourney + "\n")
                + "name: a\nturns: [{sync: true, listReply: {id: r, title: R}}]");
        Requests requests = Requests.of(target(ofTarget), List.of(journey));

        assertThat(body(requests.turn(journey, journey.turns().get(0), "c", "s", List.of())))
                .isEqualTo(json("{" + IDS + (sent == null ? "" : ",'agentId':'" + sent + "'")
                        + ",'inputEvents':[{'listReplyEvent':{'id':'r','title':'R'}}]}"));
    }

    @Test
    void ids_are_escaped_wherever_they_are_spliced_in() {
        Requests requests = Requests.of(target(null), List.of());

        assertThat(text(requests.close("a\"b\\c\n", "é😀\u2028")))
                .isEqualTo("{\"businessId\":\"B\",\"clientKey\":\"a\\\"b\\\\c\\n\",\"sessionId\":\"é😀\u2028\"}");
        assertThat(text(requests.init("half \ud800 a pair")))
                .as("what UTF-8 cannot hold")
                .isEqualTo(json("{'businessId':'B','clientKey':'half ? a pair'}"));
    }

    @Test
    void numbers_have_a_decimal_point_wherever_the_machine_stands() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("pt-BR"));
            assertThat(said("location: {latitude: 25.5, longitude: 0}", "camelCase", List.of()))
                    .contains("\"latitude\":25.5,\"longitude\":0.0");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_empty_id_or_a_journey_not_handed_over_is_a_bug_of_ours() {
        Journey journey = Yaml.journey("{name: a, turns: [{say: hi}]}");
        Requests requests = Requests.of(target(null), List.of());

        assertThatThrownBy(() -> requests.init("")).hasMessage("clientKey must not be empty");
        assertThatThrownBy(() -> requests.close("c", "")).hasMessage("sessionId must not be empty");
        assertThatThrownBy(() -> requests.turn(journey, journey.turns().get(0), "c", "s", List.of()))
                .hasMessage("not prepared: turn 1 of a");
    }

    private static String said(String input, String spelling, List<Choice> shown) {
        return body(turn(input, spelling, shown));
    }

    private static TurnBody turn(String input, String spelling, List<Choice> shown) {
        Journey journey = Yaml.journey("{name: a, spelling: " + spelling + ", turns: [{say: first}, {" + input + "}]}");
        Requests requests = Requests.of(target(null), List.of(journey));
        return requests.turn(journey, journey.turns().get(1), "c", "s", shown);
    }

    private static String body(TurnBody body) {
        assertThat(body).isInstanceOf(TurnBody.Ready.class);
        return text(((TurnBody.Ready) body).bytes());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }

    private static Target target(@Nullable String agentId) {
        return new Target("stub", null, "B", agentId, null, Environment.STUB, false, Caps.UNLIMITED);
    }
}
