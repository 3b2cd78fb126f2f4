package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One document and what is found in it.
 *
 * @param name its path below {@code examples/v1} without its ending
 * @param schema the schema it is an example of, by its path below {@code v1} without its ending
 * @param json as it is written
 * @param document what it says; a request's in camelCase
 */
record Example(String name, String schema, String json, JsonNode document, List<Expected> expected) {
    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it passes: drift is no violation. */
    boolean passes() {
        return Examples.pass(expected);
    }

    @Override
    public String toString() {
        return name;
    }
}
