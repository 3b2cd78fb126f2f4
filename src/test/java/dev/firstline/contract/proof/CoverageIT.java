package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.Rule;
import dev.firstline.wire.ContentKind;
import dev.firstline.wire.EventKind;
import dev.firstline.wire.InputKind;
import dev.firstline.wire.InteractiveKind;
import dev.firstline.wire.WireNames;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import io.qameta.allure.Story;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Nothing is left out: every keyword, every variant, every rule and every ruling has examples that show it. */
@Epic(Topic.EPIC)
final class CoverageIT {
    /** What comes and goes over the wire; every schema is reached from these. */
    private static final List<String> ROOTS = List.of(
            "wire/stream-line",
            "wire/close-line",
            "wire/init-response",
            "wire/invoke-sync-response",
            "wire/health-response",
            "wire/status",
            "wire/error-line",
            "wire/vendor-error",
            "requests/init-request",
            "requests/invoke-request",
            "requests/invoke-sync-request",
            "requests/close-request",
            "requests/health-request");

    /**
     * What has no field of its own that a server may leave out: a session must have its id, and an error is a status.
     */
    private static final Set<String> WITHOUT_DEFAULTS = Set.of("wire/init-response", "wire/error-line");

    /** How an example ends, in the words of the rulings. */
    private enum Outcome {
        ACCEPT,
        WARN,
        REJECT
    }

    /** In which directions each ruling goes. */
    private static final Map<String, Set<Outcome>> RULINGS = rulings();

    @Test
    @Feature("coverage")
    @Story("schemas")
    void every_schema_is_reached_from_what_goes_over_the_wire() {
        Set<String> reached =
                Proof.SCHEMAS.reachable(ROOTS).stream().map(Place::file).collect(Collectors.toSet());

        assertThat(Proof.SCHEMAS.byFile().keySet()).isEqualTo(new TreeSet<>(reached));
    }

    @Test
    @Feature("coverage")
    @Story("schemas")
    void every_keyword_is_broken_by_a_mutant() {
        assertThat(unbroken(Proof.EXAMPLES)).isEmpty();
    }

    @Test
    @Feature("coverage")
    @Story("variants")
    void a_kind_without_its_examples_is_missed() {
        Set<String> overlooked = new TreeSet<>();
        kinds().forEach((schema, key) -> {
            Set<String> about = Proof.EXAMPLES.documents().stream()
                    .filter(example -> example.schema().equals(schema)
                            || example.document().toString().contains('"' + key + '"'))
                    .map(Example::name)
                    .collect(Collectors.toSet());
            if (unbroken(Proof.EXAMPLES.without(about::contains)).stream()
                    .noneMatch(place -> place.file().equals(schema + Schemas.ENDING))) {
                overlooked.add(schema);
            }
        });
        assertThat(overlooked).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> a_variant_is_shown() {
        Set<String> shown = Proof.EXAMPLES.documents().stream()
                .filter(example -> example.expected().isEmpty())
                .map(Example::schema)
                .collect(Collectors.toSet());
        return Stream.concat(kinds().keySet().stream(), ROOTS.stream())
                .map(schema -> Topic.ofSchema(schema)
                        .test(
                                "an example of " + schema,
                                evidence -> assertThat(shown.contains(schema))
                                        .as("whether there is an example of %s in which nothing is found", schema)
                                        .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> what_a_server_sends_is_shown_in_both_server_styles() {
        return Stream.concat(kinds().keySet().stream(), ROOTS.stream())
                .filter(schema -> !schema.startsWith("requests/") && !WITHOUT_DEFAULTS.contains(schema))
                .map(schema -> Topic.ofSchema(schema).test(schema + " in both styles", evidence -> {
                    String emitted = passing(schema + "/defaults-emitted");
                    String omitted = passing(schema + "/defaults-omitted");
                    evidence.line(emitted + "\n" + omitted);
                    if (!Proof.SCHEMAS
                            .at(Proof.SCHEMAS.root(schema))
                            .path("properties")
                            .isEmpty()) {
                        assertThat(omitted).hasSizeLessThan(emitted.length());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_rule_is_shown() {
        Set<Rule> shown = shown(Proof.EXAMPLES);
        return Arrays.stream(Rule.values())
                .map(rule -> new Topic("the contract's rules", rule.id())
                        .test(
                                "an example of " + rule.id(),
                                evidence -> assertThat(shown).contains(rule)));
    }

    @TestFactory
    Stream<DynamicTest> every_ruling_is_shown_in_its_directions() {
        Map<String, Set<Outcome>> shown = new TreeMap<>();
        Proof.EXAMPLES.documents().forEach(example -> {
            String name = example.name().substring(example.name().lastIndexOf('/') + 1);
            if (name.matches("a\\d\\d-.*")) {
                String ruling = "A" + Integer.parseInt(name.substring(1, 3));
                shown.computeIfAbsent(ruling, key -> EnumSet.noneOf(Outcome.class))
                        .add(outcome(example.expected()));
            }
        });
        Proof.EXAMPLES
                .streams()
                .forEach(example -> shown.computeIfAbsent(example.ruling(), key -> EnumSet.noneOf(Outcome.class))
                        .add(outcome(example.expected())));
        return RULINGS.entrySet().stream()
                .map(ruling -> new Topic("rulings", ruling.getKey())
                        .test(
                                ruling.getKey() + " " + ruling.getValue(),
                                evidence -> assertThat(shown.getOrDefault(ruling.getKey(), Set.of()))
                                        .as("how examples of %s end", ruling.getKey())
                                        .isEqualTo(ruling.getValue())));
    }

    private static NavigableSet<Place> unbroken(Examples examples) {
        NavigableSet<Place> places = Proof.SCHEMAS.reachable(ROOTS);
        places.removeAll(Mutants.of(Proof.SCHEMAS, examples.documents()).keySet());
        return places;
    }

    private static Set<Rule> shown(Examples examples) {
        return Stream.concat(
                        examples.documents().stream().map(Example::expected),
                        examples.streams().stream().map(StreamExample::expected))
                .flatMap(List::stream)
                .map(Expected::rule)
                .collect(Collectors.toSet());
    }

    private static String passing(String name) {
        return Proof.EXAMPLES.documents().stream()
                .filter(example -> example.name().equals(name) && example.passes())
                .map(example -> example.document().toString())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no example " + name + " without a violation"));
    }

    private static Outcome outcome(List<Expected> expected) {
        if (!Examples.pass(expected)) {
            return Outcome.REJECT;
        }
        return expected.isEmpty() ? Outcome.ACCEPT : Outcome.WARN;
    }

    /** The schema of every kind, and the key that names the kind. */
    private static Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        add(kinds, "events/", EventKind.values(), EventKind::wireName);
        add(kinds, "content/", ContentKind.values(), ContentKind::wireName);
        add(kinds, "interactive/", InteractiveKind.values(), InteractiveKind::wireName);
        add(kinds, "requests/", InputKind.values(), InputKind::wireName);
        add(kinds, "requests/input-", ContentKind.values(), ContentKind::wireName);
        kinds.put("requests/input-message-event", kinds.remove("requests/message-event"));
        return kinds;
    }

    private static <K> void add(Map<String, String> kinds, String room, K[] values, Function<K, String> wireName) {
        for (K value : values) {
            String name = wireName.apply(value);
            kinds.put(room + WireNames.snakeCase(name).replace('_', '-'), name);
        }
    }

    private static Map<String, Set<Outcome>> rulings() {
        Map<String, Set<Outcome>> rulings = new TreeMap<>();
        rows(rulings, "A9 A10 A23", Outcome.ACCEPT);
        rows(rulings, "A3 A5 A13 A17 A21 A22 A28", Outcome.ACCEPT, Outcome.WARN);
        rows(rulings, "A6 A7 A8 A16 A24 A25 A26 A27", Outcome.ACCEPT, Outcome.REJECT);
        rows(rulings, "A1 A2 A4 A11 A12 A14 A15 A18 A19 A20", Outcome.ACCEPT, Outcome.WARN, Outcome.REJECT);
        return rulings;
    }

    private static void rows(Map<String, Set<Outcome>> rulings, String names, Outcome... outcomes) {
        for (String name : names.split(" ", -1)) {
            rulings.put(name, EnumSet.copyOf(List.of(outcomes)));
        }
    }
}
