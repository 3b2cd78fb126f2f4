package dev.firstline.journey;

/** What a turn sends, or why it has nothing to send. */
public sealed interface TurnBody {

    /** A request's body: JSON in UTF-8. Immutable by agreement: {@link #bytes()} is not copied. */
    final class Ready implements TurnBody {
        private final byte[] bytes;

        Ready(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The body's own array; nobody may write to it. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * What the customer was to pick from was not shown. The turn is not sent, and its outcome is
     * {@code unexpected_answer}.
     *
     * @param why one clause for a person: {@code the list to pick from did not come}
     */
    record Unpickable(String why) implements TurnBody {}
}
