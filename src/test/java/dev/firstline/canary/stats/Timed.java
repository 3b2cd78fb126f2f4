package dev.firstline.canary.stats;

import dev.firstline.canary.wire.Impatient;
import org.jspecify.annotations.Nullable;

/** Statistics that know the wire which knows them. */
public final class Timed {
    public @Nullable Impatient impatient;
}
