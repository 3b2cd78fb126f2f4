package dev.firstline.bench;

import dev.firstline.cli.Main;
import dev.firstline.stats.Clock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many megabytes of a capture {@code firstline check} reads in a second, on one core with a heap of 64 MiB, and how
 * much memory it takes: four texts and then a recommendation of nine products (3 KB), again and again.
 */
public final class CheckThroughput {
    private static final int PRODUCTS = 9;
    private static final long BYTES_A_MB = 1_000_000;

    private CheckThroughput() {}

    /** Times it: as one answer, line by line, and line by line with an object printed for each. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long megabytes = Long.getLong("megabytes", 1_000);
        Path folder = Scratch.folder();
        try {
            Path capture = folder.resolve("capture.ndjson");
            write(capture, megabytes * BYTES_A_MB);
            for (List<String> how :
                    List.of(List.<String>of(), List.of("--lines"), List.of("--lines", "--format=json"))) {
                time(capture, how, folder.resolve("out.txt"));
            }
        } finally {
            Scratch.remove(folder);
        }
    }

    private static void time(Path capture, List<String> how, Path out) throws IOException, InterruptedException {
        System.err.printf("%nfirstline check %s%nload average %s%n", String.join(" ", how), Fork.loadAverage());
        List<String> java = new ArrayList<>(List.of("-Xmx64m", OneCheck.class.getName()));
        java.addAll(how);
        java.add(capture.toString());
        long startNanos = Clock.system().nanoTime();
        int exit = Fork.java(java, out);
        double seconds = (Clock.system().nanoTime() - startNanos) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException("it ended with " + exit + ": " + Files.readString(out));
        }
        System.err.printf("%.1f s, %.0f MB/s%n", seconds, Files.size(capture) / 1e6 / seconds);
    }

    private static void write(Path capture, long bytes) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(capture), 1 << 20)) {
            long written = 0;
            for (int i = 0; written < bytes; i++) {
                byte[] line = i % 5 == 4
                        ? AgentLines.recommendation(i, PRODUCTS)
                        : AgentLines.text(i, "Olá! Você procura um vestido de festa até US$ 100?");
                out.write(line);
                out.write('\n');
                written += line.length + 1;
            }
        }
    }

    /** One check in a process of its own, which tells at its end what it took. */
    public static final class OneCheck {
        private OneCheck() {}

        /** The arguments are the command's. */
        public static void main(String[] args) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> System.err.printf(
                            "CPU %.1f s, peak RSS %s%n", CpuTime.nanos() / 1e9, Fork.processStatus("VmHWM"))));
            Main.main(Stream.concat(Stream.of("check"), Stream.of(args)).toArray(String[]::new));
        }
    }
}
