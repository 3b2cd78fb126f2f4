package dev.firstline.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For programs: one JSON object a line of the input, in its order, and one of line 0 at the end where something is
 * found in the input as a whole. Text is ASCII, the rest escaped.
 */
final class JsonFindings implements FindingsOutput {
    private static final int WHOLE = 0;
    private static final int POINTER_CHARS_MAX = 2_000;
    private static final char LAST_ASCII = '~';

    private final JsonGenerator json;
    private final boolean named;
    private final TreeMap<Integer, List<Finding>> waiting = new TreeMap<>();
    private String input = "";
    private int told;

    /** @param named whether each object names its file */
    JsonFindings(OutputStream out, boolean named) {
        this.named = named;
        try {
            json = new JsonFactory().createGenerator(out);
            json.setRootValueSeparator(null);
            json.setHighestNonEscapedChar(LAST_ASCII);
        } catch (IOException e) {
            throw FindingsOutput.unwritable(e);
        }
    }

    @Override
    public void begin(String name) {
        input = name;
        told = 0;
    }

    @Override
    public void found(int line, Finding finding, byte @Nullable [] bytes) {
        waiting.computeIfAbsent(line, nothing -> new ArrayList<>()).add(finding);
    }

    @Override
    public void judged(int line) {
        while (told < line) {
            told++;
            List<Finding> found = waiting.isEmpty() ? null : waiting.remove(told);
            tell(told, found == null ? List.of() : found);
        }
    }

    @Override
    public void end() {
        List<Finding> whole = waiting.remove(WHOLE);
        if (!waiting.isEmpty()) {
            judged(waiting.lastKey());
        }
        if (whole != null) {
            tell(WHOLE, whole);
        }
    }

    @Override
    public void conclude(String conclusion) {}

    @Override
    public boolean holdsBack() {
        return true;
    }

    @Override
    public void flush() {
        try {
            json.flush();
        } catch (IOException e) {
            throw FindingsOutput.unwritable(e);
        }
    }

    private void tell(int line, List<Finding> findings) {
        try {
            json.writeStartObject();
            if (named) {
                json.writeStringField("file", input);
            }
            json.writeNumberField("line", line);
            json.writeStringField("result", result(findings));
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("rule", finding.rule().id());
                json.writeStringField("severity", finding.rule().severity().label());
                json.writeStringField("pointer", abridged(finding.pointer()));
                json.writeStringField("message", finding.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw FindingsOutput.unwritable(e);
        }
    }

    private static String result(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "ok";
        }
        boolean violated = findings.stream().anyMatch(finding -> finding.rule().severity() == Severity.VIOLATION);
        return (violated ? Severity.VIOLATION : Severity.DRIFT).label();
    }

    /** A pointer holds the names of members, and those are as long as a server likes. */
    private static String abridged(String pointer) {
        return pointer.length() <= POINTER_CHARS_MAX ? pointer : pointer.substring(0, POINTER_CHARS_MAX) + "…";
    }
}
