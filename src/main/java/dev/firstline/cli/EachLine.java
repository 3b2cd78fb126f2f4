package dev.firstline.cli;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.wire.Line;
import java.util.function.Consumer;

/** Each line that is not blank stands for itself. */
final class EachLine implements Inspection {
    private final Findings findings;
    private final Consumer<Line> check;

    EachLine(Findings findings, Consumer<Line> check) {
        this.findings = findings;
        this.check = check;
    }

    @Override
    public void line(Line line) {
        if (!line.isBlank()) {
            findings.checkedOne();
            check.accept(line);
        }
        findings.judged(line.number());
    }

    @Override
    public void tooLong(int number) {
        findings.checkedOne();
        findings.addTooLong(number);
        findings.judged(number);
    }

    @Override
    public void end(AnswerEnd end) {}
}
