package dev.firstline.contract;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern as JSON Schema means it: ECMA 262's, found anywhere in the text. Java's differs in what {@code $} and
 * {@code \s} mean. Groups that repeat without bound are refused: Java's stack would end at a long text, and some take
 * for ever.
 */
final class EcmaPattern {
    /** White space of ECMA 262 beyond ASCII. */
    private static final String WIDE_SPACES = "\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

    private EcmaPattern() {}

    /**
     * Whether a text holds the pattern.
     *
     * @throws PatternSyntaxException if it is none, or one that we do not vouch for
     */
    static Predicate<String> compile(String pattern) {
        Pattern narrow = Pattern.compile(translated(pattern, "\\s", "\\S"));
        Pattern wide = Pattern.compile(translated(pattern, "[\\s" + WIDE_SPACES + "]", "[^\\s" + WIDE_SPACES + "]"));
        // In ASCII both say the same, and the first says it several times faster.
        return text -> (isAscii(text) ? narrow : wide).matcher(text).find();
    }

    private static String translated(String pattern, String space, String noSpace) {
        StringBuilder java = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                char escaped = pattern.charAt(++i);
                java.append(escape(pattern, escaped, inClass, space, noSpace));
                continue;
            }
            if (c == ')' && i + 1 < pattern.length() && "*+{".indexOf(pattern.charAt(i + 1)) >= 0) {
                throw new PatternSyntaxException("a group that repeats", pattern, i);
            }
            if (inClass && (c == '[' || c == '&')) {
                throw new PatternSyntaxException("a set that Java reads in another way", pattern, i);
            }
            inClass = c == '[' || (inClass && c != ']');
            java.append(c == '$' && !inClass ? "\\z" : String.valueOf(c));
        }
        return java.toString();
    }

    private static String escape(String pattern, char escaped, boolean inClass, String space, String noSpace) {
        if (inClass && "sS".indexOf(escaped) >= 0) {
            throw new PatternSyntaxException("\\" + escaped + " inside of a set", pattern, -1);
        }
        if ("dDwsS.-/\\()[]{}*+?^$|".indexOf(escaped) < 0) {
            throw new PatternSyntaxException("\\" + escaped, pattern, -1);
        }
        return escaped == 's' ? space : escaped == 'S' ? noSpace : "\\" + escaped;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
