package dev.firstline.cli;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Contracts;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.io.ByteArrayOutputStream;

/** The lines are the body of one request; whatever is found in it is found at its first line. */
final class WholeRequest implements Inspection {
    private final Contracts contracts;
    private final Findings findings;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int firstLine;
    private boolean tooLong;

    WholeRequest(Contracts contracts, Findings findings) {
        this.contracts = contracts;
        this.findings = findings;
    }

    @Override
    public void line(Line line) {
        if (firstLine == 0) {
            if (line.isBlank()) {
                return;
            }
            firstLine = line.number();
        } else {
            body.write('\n');
        }
        tooLong |= line.bytes().length > LineDecoder.LINE_BYTES_MAX - body.size();
        if (!tooLong) {
            body.writeBytes(line.bytes());
        }
    }

    @Override
    public void tooLong(int number) {
        firstLine = firstLine == 0 ? number : firstLine;
        tooLong = true;
    }

    @Override
    public void end(AnswerEnd end) {
        findings.checkedOne();
        if (tooLong) {
            findings.addTooLong(firstLine);
            return;
        }
        byte[] json = body.toByteArray();
        contracts
                .request(RequestFields.endpoint(json), json)
                .forEach(finding -> findings.add(firstLine, finding, json));
    }
}
