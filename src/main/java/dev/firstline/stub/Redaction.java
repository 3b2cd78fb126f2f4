package dev.firstline.stub;

import dev.firstline.Misuse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * What is taken out of the recordings of one command, and what stands there instead, the same in all of them.
 *
 * <p>Without being asked: keys, e-mail addresses, phone and card numbers, and the values of members whose names promise
 * such things. Names of people it cannot know; they are given by pattern, or by where they stand. Thread-safe.
 */
public final class Redaction {
    private static final int SECRET_BYTES = 32;

    /** The most keys of clients that it looks out for. */
    private static final int KEYS_MAX = 1_000;

    private final List<Pattern> patterns;
    private final List<List<String>> pointers;
    private final Pseudonyms pseudonyms;
    private final List<Key> keys = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> replaced = new TreeMap<>();

    private record Key(String value, Pattern pattern, KeyForms forms) {}

    private Redaction(List<Pattern> patterns, List<List<String>> pointers, byte[] secret) {
        this.patterns = List.copyOf(patterns);
        this.pointers = List.copyOf(pointers);
        this.pseudonyms = new Pseudonyms(secret);
    }

    /**
     * A redaction with a secret of its own, so that what it stands in for nobody can tell.
     *
     * @param patterns regular expressions: what they match is replaced, or what their first group does
     * @param pointers JSON pointers into a line: what stands there is replaced, with all below it; {@code *} is any
     *     member or place
     * @throws Misuse if one is no pattern or no pointer
     */
    public static Redaction of(List<String> patterns, List<String> pointers) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return of(patterns, pointers, secret);
    }

    static Redaction of(List<String> patterns, List<String> pointers, byte[] secret) {
        return new Redaction(
                patterns.stream().map(Redaction::pattern).toList(),
                pointers.stream().map(Redaction::pointer).toList(),
                secret);
    }

    /**
     * From now on this key is replaced where it stands as it is, and a recording that holds it otherwise is refused.
     */
    public synchronized void lookOutFor(String key) {
        boolean known = keys.stream().anyMatch(other -> other.value().equals(key));
        if (!known && key.length() >= KeyForms.KEY_CHARS_MIN) {
            if (keys.size() >= KEYS_MAX) {
                throw new Misuse(
                        "at most " + KEYS_MAX + " keys", "one more", "what clients sent", "begin a new recording");
            }
            keys.add(new Key(key, Pattern.compile(Pattern.quote(key), Pattern.CASE_INSENSITIVE), new KeyForms(key)));
        }
    }

    /** What was replaced so far, in words: {@code 2 phone numbers, 1 key}; empty for nothing. */
    public synchronized String summary() {
        return replaced.entrySet().stream()
                .map(entry -> entry.getValue().size() + " x " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    Pseudonyms pseudonyms() {
        return pseudonyms;
    }

    /** Where in a text something stands that a pattern knows: ours, the user's, or a key. */
    List<Sensitive.Stretch> in(String text) {
        List<Sensitive.Stretch> found = new ArrayList<>(named(text));
        for (Sensitive sensitive : Sensitive.values()) {
            found.addAll(sensitive.in(text));
        }
        for (Key key : keys) {
            found.addAll(Sensitive.all(key.pattern(), text, Sensitive.KEY.label()));
        }
        return found;
    }

    /** Where in a text something stands that the user's own patterns know. */
    List<Sensitive.Stretch> named(String text) {
        return patterns.stream()
                .flatMap(pattern -> Sensitive.all(pattern, text, "match of --redact").stream())
                .toList();
    }

    /** Whether the value at this path is to go whatever it is. */
    Optional<String> whyWhole(List<String> path) {
        if (pointers.stream().anyMatch(pointer -> leadsTo(pointer, path))) {
            return Optional.of("value at --redact-pointer");
        }
        return path.stream().anyMatch(Sensitive::isTelling) ? Optional.of("telling field") : Optional.empty();
    }

    /** How a key still stands in a text; empty if none does. */
    Optional<String> keyIn(String text) {
        return keys.stream().flatMap(key -> key.forms().in(text).stream()).findFirst();
    }

    synchronized void count(String label, String pseudonym) {
        replaced.computeIfAbsent(label, name -> new TreeSet<>()).add(pseudonym);
    }

    private static boolean leadsTo(List<String> pointer, List<String> path) {
        if (pointer.size() > path.size()) {
            return false;
        }
        for (int i = 0; i < pointer.size(); i++) {
            if (!pointer.get(i).equals("*") && !pointer.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text, Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw new Misuse("a regular expression", e.getDescription(), "--redact " + text, "mend it");
        }
    }

    private static List<String> pointer(String text) {
        if (!text.startsWith("/")) {
            throw new Misuse(
                    "a JSON pointer into a line",
                    text.isEmpty() ? "nothing" : text,
                    "--redact-pointer",
                    "write /result/response/responseEvents/*/messageEvent/content/textContent/text");
        }
        return Arrays.stream(text.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }
}
