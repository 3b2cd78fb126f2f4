package dev.firstline.stub;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Redacts the answers of one conversation in their own text, so that all else stays as it came, byte for byte.
 *
 * <p>What had to go from one place goes from all: first it {@linkplain #learn learns} from every answer, then it
 * redacts them.
 */
final class Redactor {
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final Redaction rules;
    private final Map<Placeholder, String> ids;
    private final Learnt learnt = new Learnt();
    private final Set<Placeholder> placed = EnumSet.noneOf(Placeholder.class);

    /** @param ids what differs from session to session and so becomes a placeholder */
    Redactor(Redaction rules, Map<Placeholder, String> ids) {
        this.rules = rules;
        this.ids = new LinkedHashMap<>(ids);
    }

    /** A stretch of a text, and what it becomes: a placeholder, or else a pseudonym. */
    private record Span(
            int from, int to, String label, @Nullable Placeholder placeholder) {}

    private record Edit(int from, int to, String replacement) {}

    /** The placeholders that stand in what was redacted last. */
    Set<Placeholder> placed() {
        return placed;
    }

    /** Remembers what has to go because of where it stands, or because the user's patterns say so. */
    void learn(Take take) {
        for (String document : documents(take.arrivals())) {
            for (JsonScalars.Scalar scalar : JsonScalars.of(document)) {
                String value =
                        JsonString.of(document, scalar.from(), scalar.to()).decoded();
                if (scalar.kind() == JsonScalars.Kind.STRING
                        && rules.whyWhole(scalar.path()).isPresent()) {
                    learn(value);
                }
                rules.named(value).forEach(stretch -> learn(value.substring(stretch.from(), stretch.to())));
            }
        }
    }

    private void learn(String value) {
        if (!ids.containsValue(value)) {
            learnt.add(value);
        }
    }

    /** The same answer without what must not stand in a recording. */
    Take redact(Take take) {
        placed.clear();
        List<Arrival> redacted = new ArrayList<>();
        for (String document : documents(take.arrivals())) {
            for (String line : edited(document).split("\n", -1)) {
                redacted.add(take.arrivals().get(redacted.size()).withText(line));
            }
        }
        Map<String, String> headers = new LinkedHashMap<>();
        take.headers().forEach((name, value) -> headers.put(name, text(value)));
        return take.withContent(headers, redacted);
    }

    /** The same text, outside of any JSON. */
    String text(String text) {
        return apply(text, edits(text, spans(text, true)));
    }

    /** What of a finished recording should not be there; empty if all is well. */
    Optional<String> leak(String recording) {
        Optional<String> key = rules.keyIn(recording);
        if (key.isPresent()) {
            return key.map(form -> "the key, " + form);
        }
        for (JsonScalars.Scalar scalar : JsonScalars.of(recording)) {
            if (scalar.kind() != JsonScalars.Kind.BARE) {
                String value =
                        JsonString.of(recording, scalar.from(), scalar.to()).decoded();
                for (Span span : merged(found(value))) {
                    if (!isPseudonym(value.substring(span.from(), span.to()))) {
                        return Optional.of(span.label());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean isPseudonym(String value) {
        return rules.pseudonyms().isOne(value);
    }

    /** What belongs together: a line that is JSON by itself, or all lines in a row that are not. */
    private static List<String> documents(List<Arrival> arrivals) {
        List<String> documents = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (!RecordingWriter.isJsonObject(arrival.text().strip())) {
                broken.add(arrival.text());
                continue;
            }
            if (!broken.isEmpty()) {
                documents.add(String.join("\n", broken));
                broken.clear();
            }
            documents.add(arrival.text());
        }
        if (!broken.isEmpty()) {
            documents.add(String.join("\n", broken));
        }
        return documents;
    }

    private String edited(String document) {
        List<Edit> edits = new ArrayList<>();
        for (JsonScalars.Scalar scalar : JsonScalars.of(document)) {
            JsonString text = JsonString.of(document, scalar.from(), scalar.to());
            if (scalar.kind() == JsonScalars.Kind.BARE) {
                edits.addAll(bare(scalar, text.decoded()));
                continue;
            }
            for (Edit edit : edits(text.decoded(), spans(scalar, text.decoded()))) {
                int from = text.place(edit.from());
                int to = text.place(edit.to());
                // A line feed in a string is none of JSON's: the string was cut there, and is edited as it stands.
                boolean cut = document.substring(from, to).indexOf('\n') >= 0;
                edits.add(new Edit(from, to, cut ? edit.replacement() : quoted(edit.replacement())));
            }
        }
        if (!RecordingWriter.isJsonObject(document.strip())) {
            // Between what looks like strings there may be anything.
            for (Edit edit : edits(document, spans(document, true))) {
                if (edits.stream().noneMatch(other -> edit.from() < other.to() && other.from() < edit.to())) {
                    edits.add(edit);
                }
            }
        }
        return apply(document, edits);
    }

    /** Of a number the digits change only, so that it stays one. */
    private List<Edit> bare(JsonScalars.Scalar scalar, String value) {
        Optional<String> whole = rules.whyWhole(scalar.path());
        List<Sensitive.Stretch> stretches =
                whole.isPresent() ? List.of(new Sensitive.Stretch(0, value.length(), whole.get())) : rules.named(value);
        List<Edit> edits = new ArrayList<>();
        for (Sensitive.Stretch stretch : stretches) {
            String stretched = value.substring(stretch.from(), stretch.to());
            for (Sensitive.Stretch digits : Sensitive.all(DIGITS, stretched, stretch.label())) {
                int from = stretch.from() + digits.from();
                String pseudonym = pseudonym(stretched.substring(digits.from(), digits.to()), stretch.label());
                edits.add(
                        new Edit(scalar.from() + from, scalar.from() + from + digits.to() - digits.from(), pseudonym));
            }
        }
        return edits;
    }

    private List<Span> spans(JsonScalars.Scalar scalar, String value) {
        boolean isValue = scalar.kind() == JsonScalars.Kind.STRING;
        Optional<String> whole = isValue ? rules.whyWhole(scalar.path()) : Optional.empty();
        if (whole.isPresent() && !value.isEmpty() && !ids.containsValue(value)) {
            return List.of(new Span(0, value.length(), whole.get(), null));
        }
        return spans(value, isValue);
    }

    /** What has to go from a text, left to right, without overlaps. A member's name is no session. */
    private List<Span> spans(String text, boolean isValue) {
        List<Span> spans = found(text);
        if (isValue) {
            ids.forEach((placeholder, id) -> spans.addAll(spans(text, placeholder, id)));
        }
        return merged(spans);
    }

    private List<Span> found(String text) {
        List<Span> spans = new ArrayList<>();
        for (Sensitive.Stretch stretch : rules.in(text)) {
            spans.add(new Span(stretch.from(), stretch.to(), stretch.label(), null));
        }
        for (Sensitive.Stretch stretch : learnt.in(text)) {
            spans.add(new Span(stretch.from(), stretch.to(), stretch.label(), null));
        }
        return spans;
    }

    private static List<Span> spans(String text, Placeholder placeholder, String id) {
        List<Span> spans = new ArrayList<>();
        if (id.length() < KeyForms.KEY_CHARS_MIN) {
            // So short an id stands for itself only where nothing else does.
            if (text.equals(id) && !id.isEmpty()) {
                spans.add(new Span(0, id.length(), placeholder.declaredAs(), placeholder));
            }
            return spans;
        }
        for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + id.length())) {
            spans.add(new Span(at, at + id.length(), placeholder.declaredAs(), placeholder));
        }
        return spans;
    }

    /** One for all that overlap; an id where it is as large as all of them. */
    private static List<Span> merged(List<Span> spans) {
        spans.sort(Comparator.comparingInt(Span::from)
                .thenComparing(Span::to, Comparator.reverseOrder())
                .thenComparing(span -> span.placeholder() == null));
        List<Span> merged = new ArrayList<>();
        for (Span span : spans) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.from() >= last.to()) {
                merged.add(span);
            } else if (span.to() > last.to()) {
                merged.set(merged.size() - 1, new Span(last.from(), span.to(), last.label(), null));
            }
        }
        return merged;
    }

    private List<Edit> edits(String text, List<Span> spans) {
        List<Edit> edits = new ArrayList<>();
        for (Span span : spans) {
            Placeholder placeholder = span.placeholder();
            if (placeholder != null) {
                placed.add(placeholder);
                edits.add(new Edit(span.from(), span.to(), placeholder.written()));
            } else {
                edits.add(new Edit(
                        span.from(), span.to(), pseudonym(text.substring(span.from(), span.to()), span.label())));
            }
        }
        return edits;
    }

    private String pseudonym(String value, String label) {
        if (isPseudonym(value)) {
            return value;
        }
        String pseudonym = rules.pseudonyms().of(value);
        rules.count(label, pseudonym);
        // Having the shape of what was there, it may look as sensitive in its parts.
        for (Sensitive.Stretch stretch : rules.in(pseudonym)) {
            rules.pseudonyms().take(pseudonym.substring(stretch.from(), stretch.to()));
        }
        return pseudonym;
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String apply(String text, List<Edit> edits) {
        StringBuilder applied = new StringBuilder();
        int at = 0;
        for (Edit edit :
                edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList()) {
            applied.append(text, at, edit.from()).append(edit.replacement());
            at = edit.to();
        }
        return applied.append(text.substring(at)).toString();
    }
}
