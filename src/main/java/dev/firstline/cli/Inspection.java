package dev.firstline.cli;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.wire.Line;

/** Holds the lines of one input against the contract. */
interface Inspection {
    /** The next line, blank ones included. */
    void line(Line line);

    /** No more lines. */
    void end(AnswerEnd end);
}
