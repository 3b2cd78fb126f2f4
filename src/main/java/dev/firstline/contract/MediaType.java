package dev.firstline.contract;

import java.util.Locale;
import java.util.Set;

/** What an answer may say that its body is (A14). */
final class MediaType {
    private static final String JSON = "application/json";
    private static final Set<String> LINES = Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");
    private static final String RULING = "A14";

    private MediaType() {}

    /** Checks the value of a Content-Type header. */
    static void check(String contentType, Probe probe) {
        String[] parts = contentType.split(";", -1);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        String seen = "the media type \"" + Seen.plain(contentType) + "\"";
        if (!type.equals(JSON) && !LINES.contains(type)) {
            probe.found(Rule.WRONG_MEDIA_TYPE, JSON, seen, RULING);
        } else if (!isUtf8(parts)) {
            probe.found(Rule.WRONG_MEDIA_TYPE, "no charset, or utf-8", seen, RULING);
        } else if (!type.equals(JSON)) {
            probe.found(Rule.MEDIA_TYPE_DRIFT, JSON, seen, RULING);
        }
    }

    /** Says that a body came without one; an empty answer needs none. */
    static void missing(Probe probe) {
        probe.found(Rule.MEDIA_TYPE_DRIFT, JSON, "a body without a media type", RULING);
    }

    private static boolean isUtf8(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].split("=", 2);
            if (parameter[0].strip().equalsIgnoreCase("charset")) {
                String charset = parameter.length < 2 ? "" : parameter[1].strip();
                return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("\"utf-8\"");
            }
        }
        return true;
    }
}
