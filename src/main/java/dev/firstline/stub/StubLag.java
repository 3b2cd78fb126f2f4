package dev.firstline.stub;

/**
 * How late the stub wrote its lines, against the time each was due; nearest rank, at most 1/16 too high.
 *
 * @param lines lines written, without those that were played without waiting
 */
public record StubLag(long lines, double p50Ms, double p99Ms, double maxMs) {}
