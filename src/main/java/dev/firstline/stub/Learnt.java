package dev.firstline.stub;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values that had to go from one place, and so go from all, in letters of whatever case. */
final class Learnt {
    /** Shorter values stand in too many words. */
    private static final int CHARS_MIN = 3;

    private static final String LABEL = "value redacted elsewhere";

    private final Set<String> values = new LinkedHashSet<>();
    private @Nullable Pattern any;

    /** Remembers a value. */
    void add(String value) {
        long letters = value.codePoints().filter(Character::isLetterOrDigit).count();
        if (letters >= CHARS_MIN && values.add(value)) {
            any = null;
        }
    }

    /** Where in a text one of them stands as a word, or as words. */
    List<Sensitive.Stretch> in(String text) {
        return values.isEmpty() ? List.of() : Sensitive.all(any(), text, LABEL);
    }

    private Pattern any() {
        Pattern known = any;
        if (known == null) {
            String alternatives = values.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])"));
            known = Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            any = known;
        }
        return known;
    }
}
