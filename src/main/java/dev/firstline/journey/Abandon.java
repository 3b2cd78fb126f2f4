package dev.firstline.journey;

import java.time.Duration;

/** When a customer walks away from an answer, on purpose. */
public sealed interface Abandon {

    /**
     * Walks away once so many lines that are not blank have come.
     *
     * @param lines at least 1
     */
    record AfterLines(int lines) implements Abandon {
        public AfterLines {
            if (lines < 1) {
                throw new IllegalArgumentException("lines must be at least 1: " + lines);
            }
        }
    }

    /**
     * Walks away once so much time has passed since the request was sent.
     *
     * @param patience more than zero
     */
    record AfterTime(Duration patience) implements Abandon {
        public AfterTime {
            if (patience.isZero() || patience.isNegative()) {
                throw new IllegalArgumentException("patience must be more than zero: " + patience);
            }
        }
    }
}
