package dev.firstline.wire;

import org.jspecify.annotations.Nullable;

/**
 * Something that a customer was shown and can pick: a row of a list or a button. Its id is what the reply sends back.
 *
 * @param source whether it is a row or a button
 * @param id what a reply names; may be empty where the server left it out
 * @param title the visible text; may be empty
 * @param description a row's second text, or null
 */
public record Choice(
        Source source, String id, String title, @Nullable String description) {
    /** Where a choice stood. */
    public enum Source {
        LIST_ROW,
        BUTTON
    }
}
