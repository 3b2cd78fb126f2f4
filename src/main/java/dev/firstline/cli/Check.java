package dev.firstline.cli;

import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Rule;
import dev.firstline.stub.RecordedAnswer;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Line;
import org.jspecify.annotations.Nullable;

/** Reads inputs of any size and holds them against the contract, a line at a time. */
final class Check {
    private final Contracts contracts;
    private final @Nullable Endpoint endpoint;
    private final String session;
    private final boolean eachLine;
    private final FindingsOutput output;
    private final Findings findings;

    /**
     * A check of one kind of thing.
     *
     * @param endpoint whose answers are checked; null for requests
     * @param session whose answers they are; the empty string for whichever the first line names
     * @param eachLine whether each line stands for itself
     */
    Check(
            Contracts contracts,
            @Nullable Endpoint endpoint,
            String session,
            boolean eachLine,
            FindingsOutput output,
            Findings findings) {
        this.contracts = contracts;
        this.endpoint = endpoint;
        this.session = session;
        this.eachLine = eachLine;
        this.output = output;
        this.findings = findings;
    }

    /** Reads an input to its end. */
    void read(CheckInput input, Progress progress) {
        output.begin(Printable.of(input.name(), Integer.MAX_VALUE));
        if (RecordedAnswer.isOne(input.beginning())) {
            recording(input);
        } else {
            capture(input, progress);
        }
        output.end();
    }

    private void capture(CheckInput input, Progress progress) {
        Inspection inspection = inspection();
        CaptureLines lines = new CaptureLines(inspection::line, inspection::tooLong);
        try {
            input.read((chunk, length) -> {
                lines.feed(chunk, length);
                if (progress.isDue()) {
                    if (output.holdsBack()) {
                        progress.erase();
                        output.flush();
                    }
                    progress.show(input.bytesRead(), input.share());
                }
            });
        } finally {
            progress.erase();
        }
        lines.end();
        inspection.end(AnswerEnd.WHOLE);
        findings.judged(lines.lines());
    }

    /** A recording says itself what it answers, so whatever else was said of it does not count. */
    private void recording(CheckInput input) {
        String text = input.text();
        RecordedAnswer recorded = RecordedAnswer.read(input.name(), text, session.isEmpty() ? "session" : session);
        Inspection inspection;
        if (eachLine) {
            inspection = new EachLine(findings, line -> checkAlone(recorded.endpoint(), line));
        } else {
            AnswerChecker checker = checker(recorded.endpoint());
            checker.head(recorded.status(), recorded.contentType());
            inspection = new WholeAnswer(checker, findings);
        }
        recorded.lines(inspection::line);
        inspection.end(recorded.whole() ? AnswerEnd.WHOLE : AnswerEnd.CUT);
        findings.judged((int) text.lines().count());
    }

    private Inspection inspection() {
        Endpoint answers = endpoint;
        if (answers == null) {
            return eachLine ? new EachLine(findings, this::checkRequest) : new WholeRequest(contracts, findings);
        }
        return eachLine
                ? new EachLine(findings, line -> checkAlone(answers, line))
                : new WholeAnswer(checker(answers), findings);
    }

    private AnswerChecker checker(Endpoint answers) {
        return contracts.answer(
                answers, session, (finding, line) -> findings.add(finding.line(), finding, bytes(line)));
    }

    /** A line of which nobody knows what came before and after: that it has no events does not mean much. */
    private void checkAlone(Endpoint answers, Line line) {
        AnswerChecker checker = contracts.answer(answers, "", (finding, in) -> {
            if (finding.rule() != Rule.NO_EVENTS) {
                findings.add(line.number(), finding, line.bytes());
            }
        });
        checker.line(line);
        checker.end(AnswerEnd.WHOLE);
    }

    private void checkRequest(Line line) {
        contracts
                .request(RequestFields.endpoint(line.bytes()), line.bytes())
                .forEach(finding -> findings.add(line.number(), finding, line.bytes()));
    }

    private static byte @Nullable [] bytes(@Nullable Line line) {
        return line == null ? null : line.bytes();
    }
}
