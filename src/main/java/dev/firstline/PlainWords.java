package dev.firstline;

import org.jspecify.annotations.Nullable;

/**
 * What a JSON library says of a broken file, without its own classes and without its hints to programmers: a user can
 * set none of its options.
 */
public final class PlainWords {
    private PlainWords() {}

    /** {@code Cannot map `null` into type `int` (set …)} becomes {@code Cannot map `null` into type `int`}. */
    public static String of(@Nullable String message) {
        return ("" + message)
                .replaceFirst("(?s).*, problem: ", "")
                .replaceAll(" \\(code [^)]*\\)", "")
                .replaceFirst("(?s)(: (enable|was expecting \\()|; `| \\((?!')).*", "")
                .replaceAll("`(?:[\\w$]+[.$])+(\\w+)[^`]*`", "`$1`")
                .replace("creator property", "member");
    }
}
