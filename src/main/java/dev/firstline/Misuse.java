package dev.firstline;

/**
 * What a user got wrong, as facts: what was expected, what was seen, where, and what to try. Ends a command with exit
 * code 2 and never with a stack trace.
 *
 * <p>No room of its own: every room meets bad input, and no room may import all others.
 */
public final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A misuse, told in four facts.
     *
     * @param expected what would have been right: {@code "a target of targets.yaml: stub, staging"}
     * @param saw what was there instead; never a key
     * @param where the file and line, the option or the variable
     * @param attempt what to try next, as an imperative: {@code "pick one with --target"}
     */
    public Misuse(String expected, String saw, String where, String attempt) {
        super("expected %s%n     saw %s%n      in %s%n     try %s".formatted(expected, saw, where, attempt));
    }
}
