package dev.firstline.stats;

/**
 * A contract rule that a line of a call, or the call as a whole, did not keep.
 *
 * @param rule the rule's stable id
 * @param violation whether it breaks a promise; otherwise it is drift
 * @param line the line's number in the stream, counted from 1; 0 for the stream as a whole
 */
public record RuleHit(String rule, boolean violation, int line) {}
