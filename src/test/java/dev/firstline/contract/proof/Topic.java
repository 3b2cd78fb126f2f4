package dev.firstline.contract.proof;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.wire.Endpoint;
import io.qameta.allure.Allure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;

/**
 * Where a test stands on Allure's page, and what the page shows of it when it fails.
 *
 * @param feature an endpoint, an event kind or a group of rules
 * @param story a schema or a rule
 */
record Topic(String feature, String story) {
    /** Above all of them. */
    static final String EPIC = "Contract";

    /** What a test looked at last. */
    static final class Evidence {
        private String line = "";
        private List<Finding> findings = List.of();
        private String promise = "";

        /** What is checked next. */
        void line(String text) {
            line = text;
            findings = List.of();
        }

        /** What was found in them. */
        List<Finding> found(List<Finding> found) {
            findings = List.copyOf(found);
            return findings;
        }

        /** Where in the schemas it stands how they should be. */
        void promise(String place) {
            promise = place;
        }

        private void attach() {
            String places = findings.stream().map(Finding::source).distinct().collect(Collectors.joining("\n"));
            attach("line", "application/json", line, ".json");
            attach("findings", "text/plain", findings.isEmpty() ? "nothing" : shown(findings), ".txt");
            attach("schema", "text/plain", (promise + "\n" + places).strip(), ".txt");
        }

        private static void attach(String name, String type, String content, String ending) {
            if (!content.isEmpty()) {
                Allure.addAttachment(name, type, content, ending);
            }
        }
    }

    /** What a test does. */
    interface Body {
        void run(Evidence evidence) throws Exception;
    }

    /** Of a schema, by its path without its ending. */
    static Topic ofSchema(String schema) {
        String name = schema.substring(schema.lastIndexOf('/') + 1);
        String room = schema.substring(0, schema.indexOf('/'));
        String feature = switch (room) {
            case "content" -> "messageEvent";
            case "events" -> name.endsWith("-event") ? camelCase(name) : "recommendationEvent";
            case "interactive" -> "connectlyInteractiveEvent";
            case "requests" -> name.endsWith("-request") ? endpoint(name) : "inputEvents";
            case "wire" -> name.contains("error") || name.equals("status") ? "errors" : endpoint(name);
            default -> room;
        };
        return new Topic(feature, schema + Schemas.ENDING);
    }

    /** Of an answer: of the first rule that it is to break, or of its endpoint alone. */
    static Topic ofAnswer(Endpoint endpoint, List<Rule> rules) {
        return new Topic(
                endpoint.wireName(),
                rules.isEmpty() ? "whole answers" : rules.get(0).id());
    }

    /** A test whose identity is what it is about, whatever its place among the others. */
    DynamicTest test(String name, Body body) {
        return dynamicTest(name, () -> {
            // Nobody listens where surefire runs a single test of these.
            boolean heard = Allure.getLifecycle().getCurrentTestCase().isPresent();
            if (heard) {
                identify(String.join(" / ", EPIC, feature, story, name));
            }
            Evidence evidence = new Evidence();
            try {
                body.run(evidence);
            } catch (Exception | AssertionError e) {
                if (heard) {
                    evidence.attach();
                }
                throw e;
            }
        });
    }

    private void identify(String identity) {
        Allure.getLifecycle()
                .updateTestCase(result ->
                        result.setFullName(identity).setTestCaseId(identity).setHistoryId(identity));
        Allure.feature(feature);
        Allure.story(story);
    }

    /** Findings as a person reads them, one a line. */
    static String shown(List<Finding> findings) {
        return findings.stream().map(Topic::shown).collect(Collectors.joining("\n"));
    }

    private static String shown(Finding finding) {
        return "%s %s, line %d at \"%s\": %s (%s)"
                .formatted(
                        finding.rule().severity().label(),
                        finding.rule().id(),
                        finding.line(),
                        finding.pointer(),
                        finding.message(),
                        finding.source());
    }

    private static String endpoint(String schema) {
        for (Endpoint endpoint : List.of(Endpoint.INVOKE_SYNC, Endpoint.INIT, Endpoint.HEALTH, Endpoint.CLOSE)) {
            if (schema.startsWith(endpoint.wireName().replace('_', '-'))) {
                return endpoint.wireName();
            }
        }
        return Endpoint.INVOKE.wireName();
    }

    /** {@code agent-handover-event} becomes {@code agentHandoverEvent}. */
    static String camelCase(String hyphened) {
        StringBuilder camel = new StringBuilder();
        for (String word : hyphened.split("-", -1)) {
            camel.append(
                            camel.isEmpty()
                                    ? word.substring(0, 1)
                                    : word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return camel.toString();
    }
}
