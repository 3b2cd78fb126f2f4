package dev.firstline.journey;

/** What stands behind a target, and so how careful a run must be with it. */
public enum Environment {
    /** A stub of ours on this machine: no caps, no key. */
    STUB,
    /** A test installation of the service: load up to its caps. */
    STAGING,
    /** The real service: refused unless the target says {@code allowLoad: true}, and then up to its caps. */
    PRODUCTION
}
