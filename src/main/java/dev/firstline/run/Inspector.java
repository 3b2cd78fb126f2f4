package dev.firstline.run;

import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Severity;
import dev.firstline.gatling.AnswerCheck.Checked;
import dev.firstline.gatling.AnswerCheck.Received;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.RuleHit;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What the contract says of one answer. Not thread-safe: it lives on the checker's thread. */
final class Inspector {
    /** How many findings are kept of one answer. One with more is read no further, and its rest counts as unchecked. */
    static final int FINDINGS_MAX = 10_000;

    private final Contracts contracts;
    private final BiConsumer<Received, List<Finding>> kept;

    /** @param kept takes each answer in which something was found */
    Inspector(Contracts contracts, BiConsumer<Received, List<Finding>> kept) {
        this.contracts = contracts;
        this.kept = kept;
    }

    Checked inspect(Received answer) {
        List<Finding> findings = new ArrayList<>(0);
        int checked = check(answer, findings);
        if (!findings.isEmpty()) {
            kept.accept(answer, findings);
        }
        return new Checked(checked, findings.stream().map(Inspector::hit).toList());
    }

    private int check(Received answer, List<Finding> findings) {
        String session = answer.asked().sessionId();
        AnswerChecker checker =
                contracts.answer(endpoint(answer.asked().call()), session == null ? "" : session, (finding, line) -> {
                    if (findings.size() < FINDINGS_MAX) {
                        findings.add(finding);
                    }
                });
        checker.head(answer.status(), answer.contentType());
        for (Line line : answer.lines()) {
            int before = checker.checked();
            checker.line(line);
            if (findings.size() == FINDINGS_MAX) {
                return before;
            }
        }
        if (answer.outgrown() > 0) {
            checker.tooLong(answer.outgrown());
        }
        AnswerEnd end = answer.end();
        if (end == null) {
            checker.left();
        } else {
            checker.end(end);
        }
        return checker.checked();
    }

    private static RuleHit hit(Finding finding) {
        return new RuleHit(finding.rule().id(), finding.rule().severity() == Severity.VIOLATION, finding.line());
    }

    static Endpoint endpoint(CallKind call) {
        return switch (call) {
            case INIT -> Endpoint.INIT;
            case INVOKE -> Endpoint.INVOKE;
            case INVOKE_SYNC -> Endpoint.INVOKE_SYNC;
            case CLOSE -> Endpoint.CLOSE;
        };
    }
}
