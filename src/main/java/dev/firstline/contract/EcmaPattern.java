package dev.firstline.contract;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern as JSON Schema means it: ECMA 262's, found anywhere in the text. Java's differs in what {@code $},
 * {@code .} and {@code \s} mean. Groups that repeat without bound are refused: Java's stack would end at a long text,
 * and some take for ever.
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
            approve(pattern, i, inClass);
            inClass = c == '[' || (inClass && c != ']');
            java.append(inClass ? String.valueOf(c) : outside(pattern, i));
        }
        return java.toString();
    }

    private static void approve(String pattern, int at, boolean inClass) {
        char c = pattern.charAt(at);
        char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
        if (inClass && (c == '[' || c == '&')) {
            throw new PatternSyntaxException("a set that Java reads in another way", pattern, at);
        }
        if (!inClass && c == ')' && "*+{".indexOf(next) >= 0) {
            throw new PatternSyntaxException("a group that repeats", pattern, at);
        }
        if (!inClass && c == '(' && next == '?' && !pattern.startsWith("(?:", at)) {
            throw new PatternSyntaxException("a group with a meaning of its own", pattern, at);
        }
    }

    private static String outside(String pattern, int at) {
        return switch (pattern.charAt(at)) {
            case '$' -> "\\z";
            case '.' -> "[^\\n\\r\\u2028\\u2029]";
            // Nobody asks what a group held, so it need not be noted.
            case '(' -> pattern.startsWith("(?", at) ? "(" : "(?:";
            default -> pattern.substring(at, at + 1);
        };
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
