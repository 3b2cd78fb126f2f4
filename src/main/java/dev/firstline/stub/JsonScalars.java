package dev.firstline.stub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the scalars in a text that is JSON, or was before it was cut or broken, and where each stands.
 *
 * <p>Forgiving, as a parser is not: a string that never ends goes to the end of the text. Of whole JSON nothing is
 * overlooked; of what is none, what looks like it.
 */
final class JsonScalars {
    enum Kind {
        NAME,
        STRING,
        /** A number, true, false, null; or a word that has no business in JSON. */
        BARE
    }

    /**
     * A scalar.
     *
     * @param path the names and places that lead to it, from the outermost; of a name, to the object that it is in
     * @param from where its content begins, behind the quote
     * @param to where its content ends, before the quote
     */
    record Scalar(Kind kind, List<String> path, int from, int to) {}

    private static final class Frame {
        private final boolean object;
        private String name = "";
        private boolean named;
        private int index;

        Frame(boolean object) {
            this.object = object;
        }

        String step() {
            return object ? name : String.valueOf(index);
        }
    }

    private final String text;
    private final Deque<Frame> open = new ArrayDeque<>();
    private final List<Scalar> found = new ArrayList<>();

    private JsonScalars(String text) {
        this.text = text;
    }

    /** The scalars, in the order in which they stand. */
    static List<Scalar> of(String text) {
        return new JsonScalars(text).scan();
    }

    private List<Scalar> scan() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int end = endOfString(at + 1);
                string(at + 1, end);
                at = end + 1;
            } else if (isBare(c)) {
                int end = at;
                while (end < text.length() && isBare(text.charAt(end))) {
                    end++;
                }
                found.add(new Scalar(Kind.BARE, path(true), at, end));
                at = end;
            } else {
                structure(c);
                at++;
            }
        }
        return found;
    }

    private void structure(char c) {
        Frame top = open.peekLast();
        switch (c) {
            case '{', '[' -> open.addLast(new Frame(c == '{'));
            case '}', ']' -> open.pollLast();
            case ',' -> {
                if (top != null) {
                    top.named = false;
                    top.index++;
                }
            }
            default -> {}
        }
    }

    private void string(int from, int to) {
        Frame top = open.peekLast();
        if (top != null && top.object && !top.named) {
            top.named = true;
            top.name = JsonString.of(text, from, to).decoded();
            found.add(new Scalar(Kind.NAME, path(false), from, to));
        } else {
            found.add(new Scalar(Kind.STRING, path(true), from, to));
        }
    }

    private int endOfString(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private List<String> path(boolean withLast) {
        List<String> path = new ArrayList<>(open.size());
        for (Frame frame : open) {
            path.add(frame.step());
        }
        return withLast || path.isEmpty() ? path : path.subList(0, path.size() - 1);
    }

    private static boolean isBare(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.' || c == '_';
    }
}
