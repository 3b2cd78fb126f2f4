package dev.firstline.gate;

/**
 * A reason to doubt the generator rather than to blame the service.
 *
 * @param figure which figure of its health
 * @param promised its limit: {@code ≤ 50 ms}
 * @param seen what was seen
 * @param attempt what to try next
 */
public record Doubt(HealthFigure figure, String promised, String seen, String attempt) {
    /** The figure, its limit and what was seen, in one line. */
    public String fact() {
        return figure.label() + ": must be " + promised + ", was " + seen;
    }
}
