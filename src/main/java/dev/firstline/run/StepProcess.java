package dev.firstline.run;

import dev.firstline.gate.capacity.Next;
import dev.firstline.gate.capacity.SearchPlan;
import dev.firstline.gate.capacity.StepRule;
import dev.firstline.report.StepSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One step in a process of its own, so that no step suffers from the garbage, the compiled code and the connections of
 * the one before. It ends with the search: the search holds its standard input open.
 */
final class StepProcess {
    /** In the folder of a search: the process id of the step that runs. */
    static final String PID = "step.pid";

    private static final int QUOTED_LINES = 12;
    private static final long SEED_STRIDE = 1_000;

    private final Process process;
    private final Path log;

    private StepProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it with the Java and the class path of this process.
     *
     * @param main the class of the command line
     */
    static StepProcess start(String main, CapacityOptions options, SearchPlan plan, Next.Step step, Path folder)
            throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(options.ofEveryStep());
        StepRule rule = plan.rule(step);
        settings.put("rate", "" + step.rate());
        if (!rule.settle().isZero()) {
            settings.put("settle", millis(rule.settle()));
        }
        settings.put("duration", millis(rule.least()));
        settings.put("extend", millis(rule.most()));
        settings.put("search", folder.toString());
        settings.put("seed", "" + (options.seed() * SEED_STRIDE + step.number()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What the jar's manifest asks for, Gatling needs.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main,
                "run",
                StepWatch.SIMULATION));
        settings.forEach((name, value) -> {
            command.add("--" + name);
            if (!isFlag(name)) {
                command.add(value);
            }
        });
        Path log = folder.resolve("step-" + step.number() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The search tells GitHub, once.
        builder.environment().remove(StepSummary.VARIABLE);
        Process process = builder.start();
        Files.writeString(folder.resolve(PID), "" + process.pid());
        return new StepProcess(process, log);
    }

    /** Whether it has ended within that time. */
    boolean endedWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks it to end: it closes its sessions first. */
    void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** Its last words. */
    String words() {
        try {
            List<String> lines = Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .toList();
            return lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()).stream()
                    .map(String::strip)
                    .collect(Collectors.joining("; "));
        } catch (IOException e) {
            return "it left no words";
        }
    }

    private static boolean isFlag(String name) {
        return Settings.KNOWN.stream().anyMatch(setting -> setting.name().equals(name) && setting.isFlag());
    }

    private static String millis(Duration time) {
        return time.toMillis() + "ms";
    }
}
