package dev.firstline.contract;

import dev.firstline.wire.Line;
import org.jspecify.annotations.Nullable;

/** Takes what is found, when it is found. */
@FunctionalInterface
public interface FindingSink {
    /**
     * Takes one finding.
     *
     * @param line the line it was found in, or null where it concerns the answer as a whole
     */
    void found(Finding finding, @Nullable Line line);
}
