package dev.firstline.report;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.Health;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SharesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One of those who shared a load, for a table: its place, its run, what it did and what it had to say.
 *
 * @param cells one for each of {@link #COLUMNS}
 */
record InjectorRow(List<String> cells) {
    static final List<String> COLUMNS = List.of(
            "injector",
            "run",
            "journeys",
            "turns",
            "lag p99",
            "loop delay p99",
            "CPU",
            "began late by",
            "clock ahead by",
            "what it had to say");

    private static final String UNKNOWN = "–";

    InjectorRow {
        cells = List.copyOf(cells);
    }

    /**
     * Those whose shares are in a run's folder, and those whose shares should be.
     *
     * @throws dev.firstline.Misuse if what the folder says of them cannot be read
     */
    static List<InjectorRow> of(Path folder) throws IOException {
        Optional<Shares> shares = SharesFile.read(folder);
        List<InjectorRow> rows = new ArrayList<>();
        for (int i = 0; i < shares.map(Shares::injectors).orElse(0); i++) {
            int injector = i;
            rows.add(shares.get().parts().stream()
                    .filter(part -> part.injector() == injector)
                    .findFirst()
                    .map(InjectorRow::of)
                    .orElseGet(() -> missing(injector)));
        }
        return rows;
    }

    private static InjectorRow missing(int injector) {
        List<String> cells = new ArrayList<>(List.of("" + injector));
        while (cells.size() < COLUMNS.size() - 1) {
            cells.add(UNKNOWN);
        }
        cells.add("missing");
        return new InjectorRow(cells);
    }

    private static InjectorRow of(Shares.Part part) {
        Shares.@Nullable Measured measured = part.measured();
        Shares.@Nullable Seen seen = part.seen();
        long journeys = measured != null ? measured.journeys() : seen != null ? seen.journeys() : 0;
        long turns = measured != null ? measured.turns() : seen != null ? seen.turns() : 0;
        @Nullable Health health = measured == null ? null : measured.health();
        return new InjectorRow(List.of(
                "" + part.injector(),
                part.run(),
                journeys + " of " + part.planned(),
                "" + turns,
                ms(health == null ? null : health.lagP99Ms()),
                ms(health == null ? null : health.loopDelayP99Ms()),
                health == null ? UNKNOWN : Unit.SHARE.text(health.cpu()),
                Unit.MS.text(part.lateMs()),
                part.injector() == 0
                        ? UNKNOWN
                        : Unit.MS.text(part.clockAheadMs()) + " ± " + Unit.MS.text(part.clockWithinMs()),
                said(part)));
    }

    private static String ms(@Nullable Double value) {
        return value == null ? UNKNOWN : Unit.MS.text(value);
    }

    private static String said(Shares.Part part) {
        String troubles = part.troubles().stream().map(Shares.Trouble::fact).collect(Collectors.joining("; "));
        if (!part.isLost()) {
            return troubles;
        }
        return troubles.isEmpty() ? "lost" : "lost; " + troubles;
    }
}
