package dev.firstline.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what an interactive message lets a customer pick. */
final class Choices {
    private final JsonParser parser;
    private final List<Choice> found = new ArrayList<>();

    Choices(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the object at which the parser stands, to its end. */
    List<Choice> of(InteractiveKind kind) throws IOException {
        switch (kind) {
            case LIST_MESSAGE -> members("sections", () -> members("rows", () -> choice(Choice.Source.LIST_ROW)));
            case REPLY_BUTTON_MESSAGE, SINGLE_PRODUCT_MESSAGE, MULTI_PRODUCT_MESSAGE ->
                members("buttons", () -> choice(Choice.Source.BUTTON));
            default -> parser.skipChildren();
        }
        return found;
    }

    private interface Step {
        void read() throws IOException;
    }

    /** Walks the object, and for each object in its array of that name takes the step. */
    private void members(String arrayName, Step step) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals(arrayName);
            if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
                for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                    if (token == JsonToken.START_OBJECT) {
                        step.read();
                    } else {
                        parser.skipChildren();
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private void choice(Choice.Source source) throws IOException {
        String id = "";
        String title = "";
        @Nullable String description = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                parser.skipChildren();
                continue;
            }
            switch (key) {
                case "id" -> id = parser.getText();
                case "text" -> title = parser.getText();
                case "description" -> description = parser.getText();
                default -> {}
            }
        }
        found.add(new Choice(source, id, title, description));
    }
}
