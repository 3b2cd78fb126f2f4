package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.wire.Endpoint;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The contract: schemas that were loaded and refused nothing, ready to check answers and requests. Thread-safe; load it
 * once.
 */
public final class Contracts {
    private final Schemas schemas;

    private final Map<Endpoint, Envelopes> envelopes = new EnumMap<>(Endpoint.class);

    private Contracts(Schemas schemas) {
        this.schemas = schemas;
        for (Endpoint endpoint : Endpoint.values()) {
            // Asked for now, so that a schema that is missing is missed when the contract is loaded.
            schemas.get(request(endpoint));
            envelopes.put(endpoint, new Envelopes(schemas, endpoint));
        }
    }

    /**
     * Loads every schema under {@code schemas/v1}.
     *
     * @throws dev.firstline.Misuse if a schema is missing, is no schema, or has a keyword outside the closed set
     */
    public static Contracts load(ContractFiles files) {
        return new Contracts(Schemas.compile(files.schemas()));
    }

    /**
     * Begins to check one answer.
     *
     * @param session the session that was asked, or the empty string: then the first line's is what others are held
     *     against
     */
    public AnswerChecker answer(Endpoint endpoint, String session, FindingSink sink) {
        return new AnswerChecker(endpoint, Objects.requireNonNull(envelopes.get(endpoint)), session, sink);
    }

    /** Checks the body of one request. */
    public List<Finding> request(Endpoint endpoint, byte[] json) {
        return document(request(endpoint), json);
    }

    /**
     * Checks one document against one schema, by its path below {@code v1} without its ending:
     * {@code events/response-event}. For examples and tests: no rule of streams applies.
     *
     * @throws dev.firstline.Misuse if there is no such schema
     */
    public List<Finding> document(String schema, byte[] json) {
        Shape shape = schemas.get(schema);
        Probe probe = new Probe();
        probe.line(1);
        JsonText text = JsonText.read(json);
        text.report(probe);
        JsonNode root = text.root();
        if (root != null) {
            shape.check(root, probe);
        }
        return probe.take();
    }

    private static String request(Endpoint endpoint) {
        return "requests/" + endpoint.wireName().replace('_', '-') + "-request";
    }
}
