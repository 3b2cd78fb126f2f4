package dev.firstline.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How the takes of one turn were timed: when the first line came, and how long it was from one to the next and from the
 * last to the end.
 *
 * <p>The gaps of all places are one distribution: takes of a model's answer seldom have as many lines as another.
 */
record Fit(Quantiles firstLine, Optional<Quantiles> gap, Quantiles tail) {

    /** @param takes recordings of the same turn, at least one with a line */
    static Optional<Fit> of(List<Recording> takes) {
        List<Long> first = new ArrayList<>();
        List<Long> gaps = new ArrayList<>();
        List<Long> tails = new ArrayList<>();
        for (Recording take : takes) {
            List<Recording.Row> rows = take.rows();
            for (int i = 0; i < rows.size(); i++) {
                long atNanos = rows.get(i).atNanos();
                if (i == 0) {
                    first.add(atNanos);
                } else {
                    gaps.add(atNanos - rows.get(i - 1).atNanos());
                }
            }
            if (!rows.isEmpty()) {
                tails.add(take.endNanos() - rows.get(rows.size() - 1).atNanos());
            }
        }
        return first.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fit(
                        quantiles(first),
                        gaps.isEmpty() ? Optional.empty() : Optional.of(quantiles(gaps)),
                        quantiles(tails)));
    }

    /**
     * The same recording with times drawn from these distributions; the headers keep their distance to the first line.
     */
    Recording draw(Recording recording, SplittableRandom random) {
        List<Recording.Row> rows = new ArrayList<>(recording.rows().size());
        long atNanos = 0;
        for (Recording.Row row : recording.rows()) {
            atNanos = rows.isEmpty()
                    ? firstLine.at(random.nextDouble())
                    : atNanos + gap.orElse(tail).at(random.nextDouble());
            rows.add(row.at(atNanos));
        }
        if (rows.isEmpty()) {
            return recording;
        }
        long before = recording.rows().get(0).atNanos() - recording.headersNanos();
        long endNanos = atNanos + tail.at(random.nextDouble());
        return recording.timed(Math.max(0, rows.get(0).atNanos() - before), rows, endNanos);
    }

    private static Quantiles quantiles(List<Long> nanos) {
        return new Quantiles(nanos.stream().mapToLong(Long::longValue).toArray());
    }
}
