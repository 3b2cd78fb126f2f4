package dev.firstline.cli;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.wire.Line;

/** Holds the lines of one input against the contract. */
interface Inspection {
    /** The next line, blank ones included. */
    void line(Line line);

    /** A line of which only the number is known: it is longer than is read. */
    void tooLong(int number);

    /** No more lines. */
    void end(AnswerEnd end);
}
