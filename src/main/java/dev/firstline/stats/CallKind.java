package dev.firstline.stats;

/** Which request of a journey a call is. */
public enum CallKind {
    INIT("init"),
    INVOKE("invoke"),
    INVOKE_SYNC("invoke_sync"),
    CLOSE("close");

    private final String label;

    CallKind(String label) {
        this.label = label;
    }

    /** What files and reports call it: {@code invoke_sync}. */
    public String label() {
        return label;
    }

    /** Whether it carries a customer's input and brings the agent's answer. */
    public boolean isTurn() {
        return this == INVOKE || this == INVOKE_SYNC;
    }

    /**
     * The call with this label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CallKind of(String label) {
        for (CallKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no call is called " + label);
    }
}
