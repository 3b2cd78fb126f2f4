package dev.firstline.stats;

import java.util.Map;

/**
 * Which run it is.
 *
 * @param run the run's name and folder: {@code load-20261120T180000Z}
 * @param simulation which simulation: {@code load}
 * @param target the target's name
 * @param started when the first arrival was due, in ISO 8601
 * @param fingerprint what a run must share with another to be compared with it
 */
public record RunIdentity(
        String run, String simulation, String target, String started, Map<String, String> fingerprint) {
    public RunIdentity {
        fingerprint = Map.copyOf(fingerprint);
    }
}
