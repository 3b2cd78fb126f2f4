package dev.firstline.stub;

import java.util.List;

/**
 * Why nothing answers a request, and what would have been close, the closest first.
 *
 * @param why in a sentence without its full stop
 */
record Missed(String why, List<String> close) {
    Missed {
        close = List.copyOf(close);
    }

    /** Both, for the one who asked. */
    String message() {
        return close.isEmpty() ? why : why + "; close: " + String.join(", ", close);
    }
}
