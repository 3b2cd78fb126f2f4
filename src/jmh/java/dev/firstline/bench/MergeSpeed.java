package dev.firstline.bench;

import dev.firstline.cli.Main;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Ledger;
import dev.firstline.report.SampleRun;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SharesFile;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long {@code firstline merge} takes for an hour of load that three injectors shared, 120,000 turns of 20 lines
 * each, with a heap of 256 MiB, and how much memory.
 */
public final class MergeSpeed {
    private static final int INJECTORS = 3;

    private MergeSpeed() {}

    /** Writes such folders, and merges them in a process of its own; {@code -Dkeep=DIR} keeps them. */
    public static void main(String[] args) throws IOException, InterruptedException {
        double seconds = Integer.getInteger("seconds", 3_600);
        double rate = Integer.getInteger("rate", 100);
        String keep = System.getProperty("keep");
        Path folder = keep == null ? Scratch.folder() : Path.of(keep);
        try {
            for (int injector = 0; injector < INJECTORS; injector++) {
                write(folder.resolve("results"), injector, seconds, rate / INJECTORS);
            }
            System.err.printf("%.0f turns, load average %s%n", seconds * rate, Fork.loadAverage());
            Path out = folder.resolve("out.txt");
            Path merged = folder.resolve("merged");
            long startNanos = Clock.system().nanoTime();
            int exit = Fork.java(
                    List.of(
                            "-Xmx256m",
                            OneMerge.class.getName(),
                            "merge",
                            folder.resolve("results").toString(),
                            "--out",
                            merged.toString()),
                    out);
            double took = (Clock.system().nanoTime() - startNanos) / 1e9;
            if (!Files.exists(merged.resolve("verdict.json"))) {
                throw new IllegalStateException("it ended with " + exit + ": " + Files.readString(out));
            }
            System.err.printf("%.1f s, turn log of %.1f MB%n", took, Files.size(merged.resolve(TurnLog.NAME)) / 1e6);
        } finally {
            if (keep == null) {
                Scratch.remove(folder);
            }
        }
    }

    private static void write(Path results, int injector, double seconds, double rate) throws IOException {
        Path folder = results.resolve("load-20261121T10000" + injector + "Z");
        SampleRun.write(folder, injector, seconds, rate, 0.01);
        RunSummary run = SummaryFile.read(folder);
        ClientKeys keys = new ClientKeys(run.run(), injector);
        try (Ledger ledger = Ledger.create(
                folder.resolve(Ledger.FILE_NAME),
                new Ledger.Header(run.run(), run.target(), "http://127.0.0.1:1", "b", null))) {
            for (long k = 0; k < run.sessions().opened(); k++) {
                ledger.intended(keys.of(k));
                ledger.opened("session-" + keys.of(k), keys.of(k));
                ledger.closed("session-" + keys.of(k));
            }
        }
        Shares.Measured measured = new Shares.Measured(run.journeys(), run.turns(), run.seconds(), run.health());
        Shares.Part part =
                new Shares.Part(injector, run.run(), run.journeys(), 0, 0, 0.2, measured, List.of(), List.of());
        SharesFile.write(folder, new Shares(Shares.VERSION, "load-20261121T100000Z", INJECTORS, List.of(part)));
    }

    /** One merge in a process of its own, which tells at its end what it took. */
    public static final class OneMerge {
        private OneMerge() {}

        /** The arguments are the front door's. */
        public static void main(String[] args) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> System.err.printf(
                            "CPU %.1f s, peak RSS %s%n", CpuTime.nanos() / 1e9, Fork.processStatus("VmHWM"))));
            Main.main(args);
        }
    }
}
