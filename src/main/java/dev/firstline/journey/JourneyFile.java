package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads journeys as testers write them: {@code contracts/schemas/files/journey.schema.json} describes the form. */
final class JourneyFile {
    private static final Set<String> JOURNEY_KEYS =
            Set.of("name", "description", "weight", "agentId", "spelling", "turns");
    private static final Set<String> TURN_KEYS = Set.of("think", "sync", "expect", "abandon", "inputs");

    private JourneyFile() {}

    static Journey read(String source, JsonNode file) {
        Fields fields = new Fields(source, file).only(JOURNEY_KEYS);
        List<Turn> turns = new ArrayList<>();
        for (JsonNode node : fields.list("turns")) {
            int number = turns.size() + 1;
            turns.add(turn(number, new Fields(source + ", turn " + number, node)));
        }
        return refused(source, () -> {
            String description = fields.optionalText("description");
            return new Journey(
                    fields.text("name"),
                    description == null ? "" : description,
                    fields.has("weight") ? fields.whole("weight", 1, Journey.WEIGHT_MAX) : 1,
                    fields.optionalText("agentId"),
                    spelling(fields),
                    turns);
        });
    }

    private static Spelling spelling(Fields fields) {
        String name = fields.optionalText("spelling");
        for (Spelling spelling : Spelling.values()) {
            if (name == null || name.equals(spelling.yamlName())) {
                return spelling;
            }
        }
        throw new Misuse("camelCase or snake_case", String.valueOf(name), fields.at("spelling"), "pick one of the two");
    }

    private static Turn turn(int number, Fields fields) {
        Set<String> keys = new LinkedHashSet<>(TURN_KEYS);
        keys.addAll(InputFile.KINDS);
        fields.only(keys);
        String think = fields.optionalText("think");
        Duration pause = think == null ? Duration.ZERO : Durations.read(think, fields.at("think"));
        Mode mode = fields.flag("sync") ? Mode.SYNC : Mode.STREAM;
        List<Input> inputs = inputs(fields);
        Set<Expectation> expects = expects(fields);
        Abandon abandon = fields.has("abandon") ? abandon(fields.fields("abandon")) : null;
        return refused(fields.where(), () -> new Turn(number, mode, pause, inputs, expects, abandon));
    }

    private static List<Input> inputs(Fields turn) {
        if (!turn.has("inputs")) {
            return List.of(InputFile.read(turn));
        }
        List<String> beside = InputFile.KINDS.stream().filter(turn::has).toList();
        if (!beside.isEmpty()) {
            throw new Misuse(
                    "either inputs or one input",
                    "inputs and " + String.join(", ", beside),
                    turn.where(),
                    "move it into the list");
        }
        List<Input> inputs = new ArrayList<>();
        for (JsonNode node : turn.list("inputs")) {
            Fields input = new Fields(turn.where() + ", input " + (inputs.size() + 1), node);
            inputs.add(InputFile.read(input.only(Set.copyOf(InputFile.KINDS))));
        }
        return inputs;
    }

    private static Set<Expectation> expects(Fields turn) {
        Set<Expectation> expects = new LinkedHashSet<>();
        if (turn.has("expect")) {
            List<JsonNode> names = turn.node().get("expect").isArray()
                    ? turn.list("expect")
                    : List.of(turn.node().get("expect"));
            for (JsonNode name : names) {
                if (!Expectation.NAMES.contains(name.asText())) {
                    throw new Misuse(
                            "a kind of event, content or interactive: " + String.join(", ", Expectation.NAMES),
                            Fields.saw(name),
                            turn.at("expect"),
                            Nearest.to(name.asText(), Expectation.NAMES)
                                    .map("did you mean %s?"::formatted)
                                    .orElse("pick one of these"));
                }
                expects.add(new Expectation(name.asText()));
            }
        }
        return expects;
    }

    private static Abandon abandon(Fields fields) {
        fields.only(Set.of("afterLines", "after"));
        if (fields.has("afterLines") == fields.has("after")) {
            throw new Misuse(
                    "either afterLines or after",
                    fields.has("after") ? "both" : "neither",
                    fields.where(),
                    "write \"afterLines: 2\" or \"after: 800ms\"");
        }
        return refused(
                fields.where(),
                () -> fields.has("after")
                        ? new Abandon.AfterTime(Durations.read(fields.text("after"), fields.at("after")))
                        : new Abandon.AfterLines(fields.whole("afterLines", 1, Integer.MAX_VALUE)));
    }

    /** What a record refuses was written in this place of the file. */
    static <T> T refused(String where, Supplier<T> record) {
        try {
            return record.get();
        } catch (IllegalArgumentException e) {
            @Nullable String message = e.getMessage();
            throw new Misuse(
                    "a journey that can be made", message == null ? "nonsense" : message, where, "change the file");
        }
    }

    /** The keys of a form in the order of the file. */
    static Map<String, String> texts(Fields fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.node().fieldNames().forEachRemaining(key -> texts.put(key, fields.text(key)));
        return texts;
    }
}
