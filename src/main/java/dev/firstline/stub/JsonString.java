package dev.firstline.stub;

/**
 * The content of a JSON string, decoded, and where in the source each of its characters stands.
 *
 * <p>What is no escape, or half of one, stays as it is written.
 */
final class JsonString {
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String decoded;
    /** For every decoded character the place of its source; one more for the end. */
    private final int[] places;

    private JsonString(String decoded, int[] places) {
        this.decoded = decoded;
        this.places = places;
    }

    /** A stretch of the source that stands between quotes. */
    static JsonString of(String source, int from, int to) {
        StringBuilder decoded = new StringBuilder(to - from);
        int[] places = new int[to - from + 1];
        int at = from;
        while (at < to) {
            places[decoded.length()] = at;
            char c = source.charAt(at);
            int escape = c == '\\' && at + 1 < to ? ESCAPES.indexOf(source.charAt(at + 1)) : -1;
            int unit = c == '\\' && at + 6 <= to && source.charAt(at + 1) == 'u' ? hex(source, at + 2) : -1;
            if (escape >= 0) {
                decoded.append(ESCAPED.charAt(escape));
                at += 2;
            } else if (unit >= 0) {
                decoded.append((char) unit);
                at += 6;
            } else {
                decoded.append(c);
                at++;
            }
        }
        places[decoded.length()] = to;
        return new JsonString(decoded.toString(), places);
    }

    String decoded() {
        return decoded;
    }

    /** Where in the source the decoded character stands; for the length, where the text ends. */
    int place(int index) {
        return places[index];
    }

    private static int hex(String source, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(source.charAt(i), 16);
            if (digit < 0 || source.charAt(i) > 'f') {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
