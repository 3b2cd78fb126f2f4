package dev.firstline.canary;

import dev.firstline.canary.stats.Timed;

/** The root has heard of a room. */
public final class Rooted {
    public final Timed timed = new Timed();
}
