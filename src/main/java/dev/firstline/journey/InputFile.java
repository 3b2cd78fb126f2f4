package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads one input of a journey file: a mapping that holds exactly one key of {@link #KINDS}, beside others. */
final class InputFile {
    private static final Map<String, Function<Fields, Input>> READERS = readers();

    /** The keys that are inputs. */
    static final List<String> KINDS = List.copyOf(READERS.keySet());

    private InputFile() {}

    static Input read(Fields fields) {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        Function<Fields, Input> reader = kinds.size() == 1 ? READERS.get(kinds.get(0)) : null;
        if (reader == null) {
            throw new Misuse(
                    "exactly one of " + String.join(", ", KINDS),
                    kinds.isEmpty() ? "none" : String.join(" and ", kinds),
                    fields.where(),
                    kinds.isEmpty() ? "write \"say: …\"" : "write several as a list: \"inputs:\"");
        }
        return JourneyFile.refused(fields.where(), () -> reader.apply(fields));
    }

    private static Map<String, Function<Fields, Input>> readers() {
        Map<String, Function<Fields, Input>> readers = new LinkedHashMap<>();
        readers.put("say", fields -> user(new Content.Text(fields.text("say"))));
        readers.put(
                "assistant", fields -> new Input.Message(Role.ASSISTANT, new Content.Text(fields.text("assistant"))));
        readers.put("audio", fields -> user(new Content.Audio(fields.text("audio"))));
        readers.put("image", fields -> user(image(fields.fields("image"))));
        readers.put("location", fields -> user(location(fields.fields("location"))));
        readers.put("pressButton", fields -> new Input.ButtonResponse(pick(fields, "pressButton")));
        readers.put("pickFromList", fields -> new Input.ListReply(pick(fields, "pickFromList")));
        readers.put(
                "button",
                fields ->
                        new Input.ButtonResponse(literal(fields.fields("button").only(Set.of("id", "title")))));
        readers.put(
                "listReply",
                fields -> new Input.ListReply(
                        literal(fields.fields("listReply").only(Set.of("id", "title", "description")))));
        readers.put("form", fields -> new Input.FilledForm(JourneyFile.texts(fields.fields("form"))));
        readers.put("store", fields -> store(fields.fields("store")));
        return readers;
    }

    private static Input user(Content content) {
        return new Input.Message(Role.USER, content);
    }

    private static Content image(Fields fields) {
        fields.only(Set.of("url", "caption"));
        return new Content.Image(fields.text("url"), fields.optionalText("caption"));
    }

    private static Content location(Fields fields) {
        fields.only(Set.of("latitude", "longitude", "name", "address"));
        double latitudeMax = Content.Location.LATITUDE_MAX;
        double longitudeMax = Content.Location.LONGITUDE_MAX;
        return new Content.Location(
                fields.number("latitude", -latitudeMax, latitudeMax),
                fields.number("longitude", -longitudeMax, longitudeMax),
                fields.optionalText("name"),
                fields.optionalText("address"));
    }

    private static Input store(Fields fields) {
        fields.only(Set.of("storeId", "name", "cpName", "city", "state"));
        return new Input.Store(
                fields.text("storeId"),
                fields.optionalText("name"),
                fields.optionalText("cpName"),
                fields.optionalText("city"),
                fields.optionalText("state"));
    }

    private static Answer literal(Fields fields) {
        return new Answer.Literal(fields.text("id"), fields.text("title"), fields.optionalText("description"));
    }

    private static Answer pick(Fields fields, String key) {
        JsonNode value = fields.node().get(key);
        if (value.isTextual() && value.asText().equals("first")) {
            return new Answer.Nth(1);
        }
        if (!value.isObject() || value.size() != 1) {
            throw new Misuse(
                    "first, {nth: 2} or {id: …}",
                    Fields.saw(value),
                    fields.at(key),
                    "say which of those shown is picked");
        }
        Fields which = fields.fields(key).only(Set.of("nth", "id"));
        return which.has("id")
                ? new Answer.WithId(which.text("id"))
                : new Answer.Nth(which.whole("nth", 1, Integer.MAX_VALUE));
    }
}
