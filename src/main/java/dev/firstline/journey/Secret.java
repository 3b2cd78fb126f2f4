package dev.firstline.journey;

/** A key that does not show itself: not in a log, a report, a recording or an error message. */
public final class Secret {
    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /** The key itself, for the one header that carries it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
