package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through one value after the other: knows where it is, and keeps what is found there. Not thread-safe.
 *
 * <p>A pointer is put together only where something is found; of a line in which nothing is, nothing stays.
 */
final class Probe {
    /** How many findings of one rule are kept of one line; the last one says how many more there were. */
    static final int FINDINGS_MAX = 50;

    private Object[] path = new Object[16];
    private int depth;
    private int line;
    private final List<Finding> findings = new ArrayList<>(0);
    private final Map<Rule, Integer> counts = new EnumMap<>(Rule.class);

    /** Whatever comes next is in this line, counted from 1; 0 for the answer as a whole. */
    void line(int number) {
        line = number;
        depth = 0;
    }

    int line() {
        return line;
    }

    /** Steps into a member, by its name, or into an item, by its place. */
    void enter(Object step) {
        if (depth == path.length) {
            path = Arrays.copyOf(path, 2 * depth);
        }
        path[depth++] = step;
    }

    void leave() {
        depth--;
    }

    /** Whether no more findings of a rule are kept in this line, so that nobody needs to put one into words. */
    boolean isFull(Rule rule) {
        return counts.getOrDefault(rule, 0) >= FINDINGS_MAX;
    }

    /** A rule that is broken by the value that the probe stands at. */
    void found(Rule rule, String promised, JsonNode seen, String source) {
        if (counted(rule)) {
            add(rule, pointer(), promised, Seen.of(seen), source);
        }
    }

    /** A rule that is broken where the probe stands. */
    void found(Rule rule, String promised, String seen, String source) {
        if (counted(rule)) {
            add(rule, pointer(), promised, seen, source);
        }
    }

    /** A rule that is broken at a pointer. */
    void foundAt(String pointer, Rule rule, String promised, String seen, String source) {
        if (counted(rule)) {
            add(rule, pointer, promised, seen, source);
        }
    }

    /** Hands out what was found, and forgets it. */
    List<Finding> take() {
        if (findings.isEmpty()) {
            return List.of();
        }
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            int left = counts.getOrDefault(finding.rule(), 0) - FINDINGS_MAX;
            if (left > 0 && isLast(i)) {
                findings.set(i, and(finding, left));
            }
        }
        List<Finding> taken = List.copyOf(findings);
        findings.clear();
        counts.clear();
        return taken;
    }

    private boolean counted(Rule rule) {
        return counts.merge(rule, 1, Integer::sum) <= FINDINGS_MAX;
    }

    private void add(Rule rule, String pointer, String promised, String seen, String source) {
        findings.add(new Finding(rule, line, pointer, promised, Seen.cut(seen), source));
    }

    private boolean isLast(int place) {
        Rule rule = findings.get(place).rule();
        return findings.subList(place + 1, findings.size()).stream().noneMatch(later -> later.rule() == rule);
    }

    private static Finding and(Finding finding, int left) {
        String more = " (and " + left + " more in this line)";
        String seen = finding.seen();
        int room = Finding.SEEN_MAX - more.length();
        String kept = seen.length() <= room ? seen : seen.substring(0, room - 1) + "…";
        return new Finding(
                finding.rule(), finding.line(), finding.pointer(), finding.promised(), kept + more, finding.source());
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            pointer.append('/').append(path[i].toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
