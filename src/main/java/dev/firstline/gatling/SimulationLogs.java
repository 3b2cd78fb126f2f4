package dev.firstline.gatling;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Gatling's own logs of a run that several injectors shared become one: Gatling 3.12 and later read no more than one.
 */
public final class SimulationLogs {
    /**
     * What a merge found.
     *
     * @param records in the merged log, without the one that describes the run
     * @param torn logs that end in the middle of a record, as those of killed injectors do; what is whole in them is
     *     merged
     * @param empty logs that hold nothing of a run: their injectors' shares are missing from the merged log
     */
    public record Merged(long records, List<Path> torn, List<Path> empty) {
        public Merged {
            torn = List.copyOf(torn);
            empty = List.copyOf(empty);
        }
    }

    private SimulationLogs() {}

    /**
     * Merges logs by the time of what they tell, which is each injector's own clock. In whatever order, and whether at
     * once or one after the other, the same records come out; one log alone comes out byte by byte as it went in.
     * Memory is one record a log and every different name and message once, as in Gatling itself.
     *
     * @param logs Gatling's {@code simulation.log} of each injector
     * @param out written whole or not at all, and not at all where every log is empty; its folder is there
     * @throws Misuse if a log is no log of the Gatling on the class path, or of another simulation than the rest
     */
    public static Merged merge(List<Path> logs, Path out) throws IOException {
        List<SimulationLog> open = new ArrayList<>();
        List<Path> empty = new ArrayList<>();
        try {
            for (Path log : logs) {
                SimulationLog.open(log).ifPresentOrElse(open::add, () -> empty.add(log));
            }
            Optional<LoggedRun> whole = whole(open);
            long records = whole.isPresent() ? write(whole.get(), open, out) : 0;
            List<Path> torn = open.stream()
                    .filter(SimulationLog::isTorn)
                    .map(SimulationLog::file)
                    .toList();
            return new Merged(records, torn, empty);
        } finally {
            for (SimulationLog log : open) {
                log.close();
            }
        }
    }

    private static Optional<LoggedRun> whole(List<SimulationLog> logs) {
        for (SimulationLog log : logs) {
            SimulationLog first = logs.get(0);
            if (!log.run().simulation().equals(first.run().simulation())) {
                throw new Misuse(
                        first.run().simulation() + ", as in " + first.file(),
                        log.run().simulation(),
                        log.file().toString(),
                        "the logs of one run");
            }
        }
        return logs.stream().map(SimulationLog::run).reduce(LoggedRun::with);
    }

    private static long write(LoggedRun run, List<SimulationLog> logs, Path out) throws IOException {
        Path draft = out.resolveSibling(out.getFileName() + ".part");
        try {
            long records = 0;
            try (SimulationLogWriter writer = new SimulationLogWriter(draft, run)) {
                PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);
                for (int i = 0; i < logs.size(); i++) {
                    add(heads, logs.get(i), i);
                }
                for (Head head = heads.poll(); head != null; head = heads.poll()) {
                    writer.write(head.record());
                    records++;
                    add(heads, head.log(), head.place());
                }
            }
            Files.move(draft, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return records;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void add(PriorityQueue<Head> heads, SimulationLog log, int place) throws IOException {
        @Nullable LogRecord next = log.next();
        if (next != null) {
            heads.add(new Head(next, log, place));
        }
    }

    /** The next record of a log; of those at the same time, that of the log named first. */
    private record Head(LogRecord record, SimulationLog log, int place) {
        static final Comparator<Head> ORDER = Comparator.comparingLong(
                        (Head head) -> head.record().atMillis())
                .thenComparingInt(Head::place);
    }
}
