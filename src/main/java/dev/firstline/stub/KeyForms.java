package dev.firstline.stub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every way in which a key may still stand in a text, its letters of whatever case: as it is, escaped, in base64
 * wherever it begins, in hex.
 */
final class KeyForms {
    /** What is shorter is no secret: it would be found in everything. */
    static final int KEY_CHARS_MIN = 8;

    /** A recording within a recording within a recording. */
    private static final int ESCAPED_TIMES_MAX = 5;

    private static final int HEX = 16;
    private static final Pattern PERCENT = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** What to look for, in lower case, and what it is called. */
    private final Map<String, String> needles = new LinkedHashMap<>();

    /** @param key the key itself, kept in memory only */
    KeyForms(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        needles.put(lower(key), "as it is, or escaped");
        for (int before = 0; before < 3; before++) {
            String core = lower(core(bytes, before));
            needles.put(core, "in base64");
            needles.put(core.replace('+', '-').replace('/', '_'), "in base64");
        }
        needles.put(HexFormat.of().formatHex(bytes), "in hex");
    }

    /** How the key stands in the text; empty if it does not. Never the key. */
    Optional<String> in(String text) {
        for (String form : unwrapped(text)) {
            String lower = lower(form);
            for (Map.Entry<String, String> needle : needles.entrySet()) {
                if (lower.contains(needle.getKey())) {
                    return Optional.of(needle.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The characters of the base64 that the key decides alone, when so many bytes stand before it. */
    private static String core(byte[] key, int before) {
        byte[] padded = new byte[before + key.length];
        System.arraycopy(key, 0, padded, before, key.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded);
        int shared = padded.length % 3 == 0 ? 0 : 1;
        return encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - shared);
    }

    /** The text, and what it is without its JSON escapes and its percent signs, as often as there are any. */
    private static List<String> unwrapped(String text) {
        List<String> forms = new ArrayList<>(List.of(text));
        String form = text;
        for (int i = 0; i < ESCAPED_TIMES_MAX && (form.indexOf('\\') >= 0 || form.indexOf('%') >= 0); i++) {
            String plain = JsonString.of(form, 0, form.length()).decoded();
            form = PERCENT.matcher(plain)
                    .replaceAll(match ->
                            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), HEX))));
            forms.addAll(Arrays.asList(plain, form));
        }
        return forms;
    }
}
