package dev.firstline.stub;

/**
 * How late the stub wrote its lines, against the time each was due; 0 where there were none.
 *
 * @param lines lines written, blank ones included
 */
public record StubLag(long lines, double p50Ms, double p99Ms, double maxMs) {}
