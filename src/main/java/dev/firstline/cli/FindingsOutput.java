package dev.firstline.cli;

import dev.firstline.contract.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * How findings are told. Nothing of a server's reaches it raw or at any length. What cannot be written ends in a
 * {@link UncheckedIOException}.
 */
interface FindingsOutput {
    /** An input begins. */
    void begin(String input);

    /** As {@link Findings#add}. */
    void found(int line, Finding finding, byte @Nullable [] json);

    /** As {@link Findings#judged}. */
    void judged(int line);

    /** The input ends; nothing more will be found in it. */
    void end();

    /** The last words. */
    void conclude(String conclusion);

    /** Whether {@link #flush} may write something. */
    boolean holdsBack();

    /** Makes sure that all of it can be read. */
    void flush();

    /** What an implementation throws. */
    static UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException(String.valueOf(e.getMessage()), e);
    }
}
