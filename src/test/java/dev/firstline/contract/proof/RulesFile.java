package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code contracts/rules.txt}: every rule, the places in the schemas that it covers and the examples that it is found
 * in. Whoever deletes a keyword, changes a bound or takes an example away changes this file too, and a reviewer sees
 * it.
 */
final class RulesFile {
    private static final String HEAD = """
            # Every rule of the contract: what it covers in the schemas, and the examples in which it is found.
            # Written by RulesFileIT; what is deleted there shows here. Not to be edited: see CONTRIBUTING.md.
            """;

    private final Schemas schemas;
    private final NavigableMap<Rule, NavigableSet<Place>> places = new TreeMap<>();
    private final NavigableMap<Rule, NavigableSet<String>> examples = new TreeMap<>();
    private final NavigableSet<String> flawless = new TreeSet<>();

    private RulesFile(Schemas schemas, Map<Place, List<Mutant>> mutants, Examples all) {
        this.schemas = schemas;
        mutants.values()
                .forEach(some -> some.forEach(mutant -> places.computeIfAbsent(mutant.rule(), rule -> new TreeSet<>())
                        .add(mutant.place())));
        all.documents().forEach(example -> file(example.name() + ".json", example.expected()));
        all.streams().forEach(example -> file(example.name() + ".ndjson", example.expected()));
    }

    private void file(String name, Collection<Expected> expected) {
        if (expected.isEmpty()) {
            flawless.add(name);
        }
        expected.forEach(one ->
                examples.computeIfAbsent(one.rule(), rule -> new TreeSet<>()).add(name));
    }

    /** The whole file. */
    static String of(Schemas schemas, Examples examples) {
        return of(schemas, Mutants.of(schemas, examples.documents()), examples);
    }

    /** The whole file, for mutants that were made before. */
    static String of(Schemas schemas, Map<Place, List<Mutant>> mutants, Examples examples) {
        return new RulesFile(schemas, mutants, examples).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Rule rule : Rule.values()) {
            text.append('\n')
                    .append(rule.id())
                    .append(' ')
                    .append(rule.severity().label())
                    .append('\n');
            places.getOrDefault(rule, new TreeSet<>())
                    .forEach(place -> text.append("  schema  ")
                            .append(place)
                            .append(limit(place))
                            .append('\n'));
            examples.getOrDefault(rule, new TreeSet<>())
                    .forEach(name -> text.append("  example ").append(name).append('\n'));
        }
        text.append("\nnothing\n");
        flawless.forEach(name -> text.append("  example ").append(name).append('\n'));
        return text.toString();
    }

    /** What the keyword says; of exactly one kind, the kinds. */
    private String limit(Place place) {
        JsonNode value = schemas.at(place);
        if (place.keyword().equals("oneOf")) {
            StringBuilder kinds = new StringBuilder();
            value.forEach(branch ->
                    kinds.append(' ').append(branch.path("required").path(0).asText()));
            return kinds.toString();
        }
        return " " + value;
    }
}
