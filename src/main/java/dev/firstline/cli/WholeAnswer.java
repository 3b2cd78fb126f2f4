package dev.firstline.cli;

import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.wire.Line;

/** The lines are one answer: every rule applies. */
final class WholeAnswer implements Inspection {
    private final AnswerChecker checker;
    private final Findings findings;
    private int filled;

    WholeAnswer(AnswerChecker checker, Findings findings) {
        this.checker = checker;
        this.findings = findings;
    }

    @Override
    public void line(Line line) {
        if (!line.isBlank()) {
            filled++;
            findings.checkedOne();
        }
        checker.line(line);
        // The beginning of a body of several lines is judged when its end is known.
        if (checker.checked() == filled) {
            findings.judged(line.number());
        }
    }

    @Override
    public void tooLong(int number) {
        findings.checkedOne();
        checker.tooLong(number);
    }

    @Override
    public void end(AnswerEnd end) {
        checker.end(end);
    }
}
