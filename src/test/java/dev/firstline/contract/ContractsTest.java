package dev.firstline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the shipped schemas make of single documents. */
final class ContractsTest {
    private static final Contracts SHIPPED = Contracts.load(ContractFiles.shipped());
    private static final String EVENT = "events/response-event";
    private static final String CONTENT = "content/message-content";

    static Stream<Arguments> documents() {
        return Stream.of(
                doc(EVENT, "{'sessionCloseEvent':{},'eventId':'e-1'}"),
                doc(EVENT, "{'sessionCloseEvent':{},'agentHandoverEvent':null}"),
                doc(EVENT, "{'sessionCloseEvent':{},'eventId':7}", "wrong-type /eventId"),
                doc(EVENT, "{'sessionCloseEvent':{},'eventId':null}", "null-value /eventId"),
                doc(EVENT, "{'sessionCloseEvent':[]}", "wrong-type /sessionCloseEvent"),
                doc(EVENT, "{'session_close_event':{}}", "snake-case /session_close_event"),
                doc(EVENT, "{'sessionCloseEvent':{},'session_close_event':{}}", "both-spellings /session_close_event"),
                doc(EVENT, "{'sessionCloseEvent':{},'blipHandoverEvent':{}}", "two-kinds "),
                doc(EVENT, "{'sessionCloseEvent':{},'newEvent':{}}", "unknown-event /newEvent"),
                doc(EVENT, "{'newEvent':{}}", "unknown-event /newEvent"),
                doc(EVENT, "{'newEvent':null}", "empty-event "),
                doc(EVENT, "{'sessionCloseEvent':{},'newEvent':null}"),
                doc(EVENT, "{}", "empty-event "),
                doc(EVENT, "{'eventId':'e'}", "empty-event "),
                doc(EVENT, "[]", "wrong-type "),
                doc(
                        EVENT,
                        "{'agentHandoverEvent':{'triggerHandover':'yes'}}",
                        "wrong-type /agentHandoverEvent/triggerHandover"),
                doc(
                        EVENT,
                        "{'agentHandoverEvent':{'triggerHandover':false}}",
                        "not-triggered /agentHandoverEvent/triggerHandover"),
                doc(EVENT, "{'agentHandoverEvent':{}}", "not-triggered /agentHandoverEvent"),
                doc(EVENT, "{'sessionCloseEvent':{'a/b~c':null}}", "unknown-field /sessionCloseEvent/a~1b~0c"),
                doc(CONTENT, "{'textContent':'plain'}", "wrong-type /textContent"),
                doc(CONTENT, "{'textContent':{'text':null}}", "null-value /textContent/text"),
                doc(CONTENT, "{'videoContent':{}}", "unknown-content /videoContent"),
                doc(CONTENT, "{}", "empty-content "),
                doc(CONTENT, "{'locationContent':{'latitude':1e1}}"),
                doc(CONTENT, "{'locationContent':{'latitude':1e999999999}}", "odd-value /locationContent/latitude"),
                doc(CONTENT, "{'locationContent':{'latitude':-1e99999999999}}", "odd-value /locationContent/latitude"),
                doc(CONTENT, "{'locationContent':{'latitude':'NaN'}}", "non-finite /locationContent/latitude"),
                doc(CONTENT, "{'locationContent':{'latitude':'25.4'}}", "numeric-string /locationContent/latitude"),
                doc(CONTENT, "{'locationContent':{'latitude':'25,4'}}", "wrong-type /locationContent/latitude"),
                doc("events/message-event", "{'role':'ASSISTANT','content':null}", "empty-content "),
                doc("events/message-event", "{'role':2,'content':{'textContent':{}}}", "enum-drift /role"),
                doc("events/message-event", "{'role':true,'content':{'textContent':{}}}", "wrong-type /role"),
                doc("events/product", "{'price':-1}", "negative-price /price"),
                doc("common/timestamp", "'2026-11-20T18:00:00Z'"),
                doc("common/timestamp", "'2026-11-20T18:00:00Z\\n'", "odd-value ", "odd-value "),
                doc("wire/status", "{'code':5.0,'details':[{'@type':'t','x':[]}]}"),
                doc("wire/status", "{'code':5.5}", "wrong-type /code"),
                doc("wire/stream-line", "{'result':null,'error':null}", "no-envelope "),
                doc("wire/stream-line", "{'resutl':{}}", "unknown-field /resutl", "no-envelope "),
                doc(
                        "wire/init-response",
                        "{'response':{'sessionId':null}}",
                        "null-value /response/sessionId",
                        "missing-field /response"),
                doc("requests/init-request", "{'business_id':'b','clientKey':'c'}"),
                doc("requests/init-request", "{'businessId':'','clientKey':'c'}", "missing-field /businessId"),
                doc("requests/input-event", "{'mesageEvent':{}}", "unknown-request-field /mesageEvent"),
                doc(
                        "interactive/list-message",
                        "{'button':{'id':'b','text':'Pick'},'buttonText':'Choose'}",
                        "label-mismatch /buttonText"),
                doc("interactive/list-message", "{'button':{'id':'b','text':'Pick'},'buttonText':''}"),
                doc(EVENT, "{'sessionCloseEvent':{},'sessionCloseEvent':{}}", "duplicate-key /sessionCloseEvent"),
                doc(EVENT, "{'sessionCloseEvent':{}} {}", "trailing-data "),
                doc(EVENT, "{'sessionCloseEvent':{}", "not-json "));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_document_is_what_it_is(String schema, String json, List<String> expected) {
        List<Finding> findings =
                SHIPPED.document(schema, json.replace('\'', '"').getBytes(UTF_8));

        assertThat(findings)
                .extracting(finding -> finding.rule().id() + " " + finding.pointer())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Arguments doc(String schema, String json, String... findings) {
        return Arguments.of(schema, json, List.of(findings));
    }
}
