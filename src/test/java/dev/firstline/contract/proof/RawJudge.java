package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A validator that we did not write, over the raw schemas: it knows no severities and no tolerance. */
final class RawJudge {
    private final SchemaRegistry registry;
    private final String base;
    private final Map<String, Schema> compiled = new HashMap<>();

    RawJudge(Schemas schemas) {
        Map<String, String> byId = new HashMap<>();
        schemas.byFile().values().forEach(schema -> byId.put(schema.path("$id").asText(), schema.toString()));
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config).schemas(byId::get));
        base = "https://contracts.invalid/agent-graph/v1/";
    }

    /** What the raw schema has against a document; empty if it is valid. */
    List<Error> errors(String schema, JsonNode document) {
        return compiled.computeIfAbsent(schema, this::compile).validate(document);
    }

    private Schema compile(String schema) {
        Schema raw = registry.getSchema(SchemaLocation.of(base + schema + Schemas.ENDING));
        // A $ref that leads nowhere shows now and not at the first document that needs it.
        raw.initializeValidators();
        return raw;
    }
}
