package dev.firstline.bench;

import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.TurnLimits;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What the recorder's thread does with a turn of 20 lines: it adds it up, and writes its row. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StatsBenchmark {
    private static final int LINES = 20;
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

    /** A tally and the turn that it counts again and again. */
    @State(Scope.Thread)
    public static class Tallied {
        private final CallResult turn = turn();
        private final RunTally tally = new RunTally(new TurnLimits(
                Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1)));
    }

    /** A log in a folder of its own. */
    @State(Scope.Thread)
    public static class Logged {
        private final CallResult turn = turn();
        private final Path folder = Scratch.folder();
        private final TurnLog log;

        /** Touches the disk. */
        public Logged() {
            try {
                log = TurnLog.create(
                        folder, new RunIdentity("bench", "bench", "bench", "2026-01-01T00:00:00Z", Map.of()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Leaves nothing behind. */
        @TearDown
        public void remove() throws IOException {
            log.close();
            Scratch.remove(folder);
        }
    }

    /** JMH starts it. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(StatsBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    /** One turn into the tally: 20 gaps and eight other figures, each in up to three cuts. */
    @Benchmark
    public RunTally tally(Tallied state) {
        state.tally.add(state.turn);
        return state.tally;
    }

    /** One row into {@code turns.jsonl.gz}; its inverse is rows a second. */
    @Benchmark
    public TurnLog log(Logged state) throws IOException {
        state.log.write(state.turn);
        return state.log;
    }

    private static CallResult turn() {
        long[] lines =
                LongStream.rangeClosed(3, LINES + 2).map(i -> i * GAP_NANOS).toArray();
        long firstNanos = lines[0];
        return new CallResult(
                CallKind.INVOKE,
                "product-search",
                7,
                1,
                "5e884898da280471",
                new CallTiming(0, 1_000, firstNanos, firstNanos, firstNanos, LineTimes.of(lines), lines[LINES - 1]),
                Outcome.OK,
                Collections.nCopies(LINES, "messageEvent.textContent"),
                "messageEvent.textContent",
                LINES,
                0,
                List.of());
    }
}
