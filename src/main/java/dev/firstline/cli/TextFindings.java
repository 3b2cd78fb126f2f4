package dev.firstline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstline.contract.Finding;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** For people: a block a finding, the first {@value #SHOWN_MAX} of them. */
final class TextFindings implements FindingsOutput {
    private static final int SHOWN_MAX = 100;
    private static final int LINE_CHARS_MAX = 400;

    private final OutputStream out;
    private String input = "";
    private long found;
    private boolean holdsBack;

    TextFindings(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(String name) {
        input = name;
    }

    @Override
    public void found(int line, Finding finding, byte @Nullable [] json) {
        if (++found > SHOWN_MAX) {
            return;
        }
        String where = line == 0 ? input : input + ":" + line;
        print("%s  %s  %s  %s"
                .formatted(
                        where, finding.rule().severity().label(), finding.rule().id(), finding.pointer())
                .stripTrailing());
        print("    promised  " + finding.promised());
        print("    saw       " + finding.seen());
        if (json != null) {
            print("    in        " + Excerpt.of(json, finding.pointer()));
        }
        if (!finding.source().isEmpty()) {
            print("    see       " + finding.source());
        }
        print("");
    }

    @Override
    public void judged(int line) {}

    @Override
    public void end() {}

    @Override
    public void conclude(String conclusion) {
        if (found > SHOWN_MAX) {
            print("and " + Findings.number(found - SHOWN_MAX, "more finding") + "; --format json tells all of them");
            print("");
        }
        print(conclusion);
    }

    @Override
    public boolean holdsBack() {
        return holdsBack;
    }

    @Override
    public void flush() {
        try {
            out.flush();
            holdsBack = false;
        } catch (IOException e) {
            throw FindingsOutput.unwritable(e);
        }
    }

    private void print(String line) {
        holdsBack = true;
        try {
            out.write((Printable.of(line, LINE_CHARS_MAX) + System.lineSeparator()).getBytes(UTF_8));
        } catch (IOException e) {
            throw FindingsOutput.unwritable(e);
        }
    }
}
