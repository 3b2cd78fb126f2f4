package dev.firstline.run;

import dev.firstline.journey.Secret;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes secrets out of what a server sent before it is kept: the target's key, however JSON spells it, and whatever
 * stands under a name that credentials go by. Works on lines that need not be JSON, since what is kept is often broken.
 */
final class Mask {
    /** What stands in place of a secret. */
    static final String STARS = "***";

    /** What a finding that quotes a long value ends with. */
    private static final String CUT = "…";

    /** Less of the key than this, at the end of a text that was cut off there, could be anything. */
    private static final int BEGINNING_CHARS_MIN = 4;

    private static final String NAMES =
            "token|secret|passw|credential|authorization|cookie|api[_-]?key|access[_-]?key|private[_-]?key";

    /** A member's name up to its value. The bounds keep a hostile text from costing more than its length. */
    private static final Pattern MEMBER = Pattern.compile(
            "\"[^\"\\\\]{0,64}(?:" + NAMES + ")[^\"\\\\]{0,64}\"[ \t\r\n]{0,16}:[ \t\r\n]{0,16}",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

    private final String secret;
    private final Pattern spelt;

    Mask(Secret key) {
        secret = key.reveal();
        spelt = Pattern.compile(secret.chars().mapToObj(Mask::anySpelling).collect(Collectors.joining()));
    }

    /** The text without secrets. */
    String text(String text) {
        return beginning(members(spelt.matcher(text).replaceAll(STARS)));
    }

    /** Whether the place that a JSON pointer names holds what nobody may see. */
    static boolean hides(String pointer) {
        return NAME.matcher(pointer).find();
    }

    /** A key has visible ASCII characters only, so a character of it is one byte or one escape. */
    private static String anySpelling(int c) {
        String itself = Pattern.quote(String.valueOf((char) c));
        String escape = "\\\\u00(?i:" + String.format(Locale.ROOT, "%02x", c) + ")";
        String brief = c == '"' || c == '\\' || c == '/' ? "|\\\\" + itself : "";
        // The longer spelling first: a backslash begins its own escape.
        return "(?:" + escape + brief + "|" + itself + ")";
    }

    private static String members(String text) {
        Matcher member = MEMBER.matcher(text);
        if (!member.find()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        int from = 0;
        while (member.find(from)) {
            masked.append(text, copied, member.end());
            copied = value(text, member.end(), masked);
            from = copied;
        }
        return masked.append(text, copied, text.length()).toString();
    }

    /** Appends the value that begins there with its kind but not its content, and says where it ends. */
    private static int value(String text, int begin, StringBuilder masked) {
        int depth = 0;
        int i = begin;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                masked.append('"').append(STARS);
                i = stringEnd(text, i);
                if (text.charAt(i - 1) == '"') {
                    masked.append('"');
                }
            } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                return i;
            } else {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                masked.append(c >= '0' && c <= '9' ? '0' : c);
                i++;
            }
            if (depth == 0 && (c == '"' || c == '}' || c == ']')) {
                return i;
            }
        }
        return i;
    }

    /** Behind the closing quotation mark, or where the text breaks off. */
    private static int stringEnd(String text, int begin) {
        int i = begin + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }

    /** A text that breaks off, or was cut to what fits, may break off in the middle of the key. */
    private String beginning(String text) {
        int end = text.endsWith(CUT) ? text.length() - CUT.length() : text.length();
        for (int length = Math.min(secret.length() - 1, end); length >= BEGINNING_CHARS_MIN; length--) {
            if (text.startsWith(secret.substring(0, length), end - length)) {
                return text.substring(0, end - length) + STARS + text.substring(end);
            }
        }
        return text;
    }
}
