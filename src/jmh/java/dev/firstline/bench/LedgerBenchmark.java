package dev.firstline.bench;

import dev.firstline.journey.Ledger;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What an event loop pays for a row of the ledger, in nanoseconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LedgerBenchmark {
    private static final int ROWS = 3;

    /** A ledger in a folder of its own. */
    @State(Scope.Thread)
    public static class Kept {
        private final Path folder = Scratch.folder();
        private final Ledger ledger = Ledger.create(
                folder.resolve(Ledger.FILE_NAME),
                new Ledger.Header("bench", "bench", "http://127.0.0.1:1", "business", null));
        private long sessions;

        /** Leaves nothing behind. */
        @TearDown
        public void remove() {
            ledger.close();
            Scratch.remove(folder);
        }
    }

    /** JMH starts it. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(LedgerBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    /** A session's three rows, each in the page cache when its method returns; the score is one row's. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Ledger append(Kept state) {
        String number = Long.toHexString(++state.sessions);
        String client = "bench-customer-" + number;
        String session = "b6bed81c-5fda-486d-b96c-" + number;
        state.ledger.intended(client);
        state.ledger.opened(session, client);
        state.ledger.closed(session);
        return state.ledger;
    }
}
