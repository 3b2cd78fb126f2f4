package dev.firstline.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets several ways of doing the same take turns, a window each, round after round, and measures what a turn of each
 * costs the whole process. A neighbour who takes the machine away hits all ways alike, so their ratios stay sound where
 * their times do not.
 */
final class Windows<W extends Enum<W>> {
    private static final long SETTLE_MILLIS = 300;
    private static final long WINDOW_MILLIS = 1_000;

    private final List<W> ways;
    private final Map<W, List<Double>> costs;
    private final LongAdder turns = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile W current;
    private volatile boolean over;

    /** @param ways the first is the one that the others are compared with */
    Windows(Class<W> ways) {
        this.ways = List.of(ways.getEnumConstants());
        this.costs = new EnumMap<>(ways);
        this.current = this.ways.get(0);
    }

    /** Which way a turn that starts now goes. */
    W current() {
        return current;
    }

    boolean over() {
        return over;
    }

    /** A turn is over. */
    void turn(boolean failed) {
        turns.increment();
        if (failed) {
            failures.increment();
        }
    }

    /** Takes its time, then prints what was seen. */
    void measure(int warmUpRounds, int rounds) {
        try {
            for (int round = -warmUpRounds; round < rounds; round++) {
                for (W way : ways) {
                    current = way;
                    TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
                    long cpuNanos = CpuTime.nanos();
                    long done = turns.sum();
                    TimeUnit.MILLISECONDS.sleep(WINDOW_MILLIS);
                    double micros = (CpuTime.nanos() - cpuNanos) / 1e3 / (turns.sum() - done);
                    if (round >= 0) {
                        costs.computeIfAbsent(way, key -> new ArrayList<>()).add(micros);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
        print(rounds);
    }

    private void print(int rounds) {
        System.err.printf(
                "%d rounds of %d ms windows, %,d turns, %d failed%n",
                rounds, WINDOW_MILLIS, turns.sum(), failures.sum());
        if (failures.sum() > 0) {
            System.err.println("NOT VALID: a turn that fails costs something else");
        }
        List<Double> first = costs.getOrDefault(ways.get(0), List.of());
        for (W way : ways) {
            List<Double> own = costs.getOrDefault(way, List.of());
            System.err.printf("%-10s CPU µs a turn  %s%n", way, new Spread(own));
            if (way != ways.get(0)) {
                List<Double> ratios = new ArrayList<>();
                for (int i = 0; i < rounds; i++) {
                    ratios.add(own.get(i) / first.get(i));
                }
                System.err.printf(
                        "%-10s ratio to %s, round by round  %s  (of the medians %.2f)%n",
                        way,
                        ways.get(0),
                        new Spread(ratios),
                        new Spread(own).percentile(50) / new Spread(first).percentile(50));
            }
        }
    }
}
