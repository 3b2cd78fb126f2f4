package dev.firstline.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The CPU time of a process: all threads, those of the compiler and the collector among them. */
final class CpuTime {
    private static final Path PROCESSES = Path.of("/proc");

    private CpuTime() {}

    /** Nanoseconds so far. The JDK counts in ticks of 10 ms, Linux's scheduler in nanoseconds. */
    static long nanos() {
        try {
            return ofProcess("self");
        } catch (IOException e) {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }
    }

    /** The same of another process; 0 where the machine does not tell. */
    static long nanos(long process) {
        try {
            return ofProcess(String.valueOf(process));
        } catch (IOException e) {
            return 0;
        }
    }

    private static long ofProcess(String process) throws IOException {
        try (Stream<Path> threads = Files.list(PROCESSES.resolve(process).resolve("task"))) {
            List<Path> all = threads.toList();
            long nanos = 0;
            for (Path thread : all) {
                nanos += ofThread(thread.resolve("schedstat"));
            }
            return nanos;
        }
    }

    private static long ofThread(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            // It ended just now; in a warm process few do.
            return 0;
        }
    }
}
