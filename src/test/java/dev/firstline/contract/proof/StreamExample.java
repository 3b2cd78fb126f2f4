package dev.firstline.contract.proof;

import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Finding;
import dev.firstline.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer and what is found in it.
 *
 * @param name its name below {@code examples/v1/streams}
 * @param session the session that was asked; empty where that is not known
 * @param contentType as the server sent it, null for none
 * @param ruling the ruling that it shows, or nothing
 */
record StreamExample(
        String name,
        Endpoint endpoint,
        String session,
        int status,
        @Nullable String contentType,
        AnswerEnd end,
        Body body,
        List<Expected> expected,
        String ruling) {

    /** Lets it be checked as if it had just been received. */
    List<Finding> check(Contracts contracts) {
        List<Finding> found = new ArrayList<>();
        AnswerChecker checker = contracts.answer(endpoint, session, (finding, line) -> found.add(finding));
        checker.head(status, contentType);
        body.lines().forEach(checker::line);
        if (body.tooLong()) {
            checker.tooLong(body.lines().size() + 1);
        }
        checker.end(end);
        return found;
    }
}
