package dev.firstline.bench;

import dev.firstline.cli.Main;
import dev.firstline.report.SampleRun;
import dev.firstline.stats.Clock;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long {@code firstline report} takes for an hour of load, 360,000 turns of 20 lines, with a heap of 512 MiB, how
 * much memory, and how large the page is.
 */
public final class ReportSpeed {
    private ReportSpeed() {}

    /** Writes such a run, and its report in a process of its own; {@code -Dkeep=DIR} keeps the run. */
    public static void main(String[] args) throws IOException, InterruptedException {
        double seconds = Integer.getInteger("seconds", 3_600);
        double rate = Integer.getInteger("rate", 100);
        String keep = System.getProperty("keep");
        Path folder = keep == null ? Scratch.folder() : Path.of(keep);
        try {
            Path run = folder.resolve("runs/load-20261121T100000Z");
            SampleRun.write(run, 1, seconds, rate, 0.01);
            System.err.printf(
                    "%.0f turns, turn log of %.1f MB, load average %s%n",
                    seconds * rate, Files.size(run.resolve(TurnLog.NAME)) / 1e6, Fork.loadAverage());
            Path out = folder.resolve("out.txt");
            long startNanos = Clock.system().nanoTime();
            int exit = Fork.java(List.of("-Xmx512m", OneReport.class.getName(), "report", run.toString()), out);
            double took = (Clock.system().nanoTime() - startNanos) / 1e9;
            if (exit != 0) {
                throw new IllegalStateException("it ended with " + exit + ": " + Files.readString(out));
            }
            System.err.printf("%.1f s, page of %.2f MB%n", took, Files.size(run.resolve("index.html")) / 1e6);
        } finally {
            if (keep == null) {
                Scratch.remove(folder);
            }
        }
    }

    /** One report in a process of its own, which tells at its end what it took. */
    public static final class OneReport {
        private OneReport() {}

        /** The arguments are the front door's. */
        public static void main(String[] args) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> System.err.printf(
                            "CPU %.1f s, peak RSS %s%n", CpuTime.nanos() / 1e9, Fork.processStatus("VmHWM"))));
            Main.main(args);
        }
    }
}
