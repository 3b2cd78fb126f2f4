package dev.firstline.contract;

import dev.firstline.wire.Endpoint;
import java.util.List;

/**
 * The contract: schemas that were loaded and refused nothing, ready to check answers and requests. Thread-safe; load it
 * once.
 */
public final class Contracts {
    private Contracts() {}

    /**
     * Loads every schema under {@code schemas/v1}.
     *
     * @throws dev.firstline.Misuse if a schema is missing, is no schema, or has a keyword outside the closed set
     */
    public static Contracts load(ContractFiles files) {
        return new Contracts();
    }

    /**
     * Begins to check one answer.
     *
     * @param session the session that was asked, or the empty string: then the first line's is what others are held
     *     against
     */
    public AnswerChecker answer(Endpoint endpoint, String session, FindingSink sink) {
        return new AnswerChecker();
    }

    /** Checks the body of one request. */
    public List<Finding> request(Endpoint endpoint, byte[] json) {
        return List.of();
    }

    /**
     * Checks one document against one schema, by its path below {@code v1} without its ending:
     * {@code events/response-event}. For examples and tests: no rule of streams applies.
     */
    public List<Finding> document(String schema, byte[] json) {
        return List.of();
    }
}
