package dev.firstline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Java processes with this class path, each on a core of its own where the machine lets us. */
final class Fork {
    private static final int CLIENT_CORE = 0;
    private static final int SERVER_CORE = 1;

    private Fork() {}

    /**
     * Runs a simulation in a generator of its own against a {@link LineServer} of its own, and waits for it. What it
     * prints to standard error is shown; what Gatling prints is kept beside its log.
     *
     * @param title what is measured, printed first
     * @param parameters system properties of the simulation; {@code url} joins them
     */
    static void gatling(String title, Class<?> simulation, Map<String, String> parameters)
            throws IOException, InterruptedException {
        boolean pinned = canPin();
        System.err.printf(
                "%n%s%nload average %s; %s%n",
                title,
                loadAverage(),
                pinned ? "generator on core 0, server on core 1" : "not pinned: no taskset, or one core only");
        Process server = start(command(pinned, SERVER_CORE, List.of(LineServer.class.getName())), null);
        try (BufferedReader port = server.inputReader(StandardCharsets.US_ASCII)) {
            Path folder = Files.createDirectories(Path.of("target", "bench"));
            Path log = folder.resolve(simulation.getSimpleName() + ".log");
            List<String> client = new ArrayList<>();
            // As `mvn gatling:test` starts it.
            client.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "-Xmx1g"));
            // Such as -Dgenerator=-XX:StartFlightRecording=filename=cost.jfr
            Stream.of(System.getProperty("generator", "").split(" ", -1))
                    .filter(flag -> !flag.isEmpty())
                    .forEach(client::add);
            parameters.forEach((name, value) -> client.add("-Dbench." + name + "=" + value));
            client.add("-Dbench.url=http://127.0.0.1:" + port.readLine());
            client.addAll(List.of("io.gatling.app.Gatling", "-nr", "-rf", folder.toString()));
            client.addAll(List.of("-s", simulation.getName()));
            int exit = start(command(pinned, CLIENT_CORE, client), log).waitFor();
            if (exit != 0) {
                throw new IllegalStateException("the generator ended with " + exit + ": see " + log);
            }
        } finally {
            server.destroy();
        }
        System.err.println("load average " + loadAverage());
    }

    /** Starts a server that prints its port, on the server's core. It lives until its standard input ends. */
    static Process server(Class<?> main, String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(main.getName()));
        all.addAll(List.of(arguments));
        return start(command(canPin(), SERVER_CORE, all), null);
    }

    /**
     * Starts a Java on the server's core, its standard input and output at hand.
     *
     * @param home where that Java is
     */
    static Process server(Path home, List<String> arguments) throws InterruptedException {
        return start(command(home, canPin(), SERVER_CORE, arguments), null);
    }

    /** Starts this Java on the client's core, its standard input and output at hand. */
    static Process client(List<String> arguments) throws InterruptedException {
        return start(command(canPin(), CLIENT_CORE, arguments), null);
    }

    /** Moves this process, which is the client, to the client's core, and says what the bench runs on. */
    static void onClientCore() throws InterruptedException, IOException {
        boolean pinned = canPin()
                && new ProcessBuilder(
                                        "taskset",
                                        "-acp",
                                        String.valueOf(CLIENT_CORE),
                                        String.valueOf(ProcessHandle.current().pid()))
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        System.err.printf(
                "load average %s; %s%n",
                loadAverage(),
                pinned ? "client on core 0, stub on core 1" : "not pinned: no taskset, or one core only");
    }

    /**
     * Runs Java with these arguments on one core, and waits for it.
     *
     * @param output takes what it prints to standard output
     * @return its exit code
     */
    static int java(List<String> arguments, Path output) throws InterruptedException {
        return start(command(canPin(), CLIENT_CORE, arguments), output).waitFor();
    }

    /** One, five and fifteen minutes, as the kernel says. */
    static String loadAverage() {
        try {
            return String.join(
                    " ",
                    List.of(Files.readString(Path.of("/proc/loadavg")).split(" "))
                            .subList(0, 3));
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** A figure of this process such as {@code VmHWM}, as Linux gives it; "unknown" elsewhere. */
    static String processStatus(String figure) {
        return processStatus("self", figure);
    }

    /** The same of another process, by its id. */
    static String processStatus(String process, String figure) {
        try {
            return Files.readAllLines(Path.of("/proc", process, "status")).stream()
                    .filter(line -> line.startsWith(figure + ":"))
                    .map(line -> line.substring(figure.length() + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static boolean canPin() throws InterruptedException {
        try {
            return new ProcessBuilder("taskset", "-c", CLIENT_CORE + "," + SERVER_CORE, "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command(boolean pinned, int core, List<String> arguments) {
        return command(Path.of(System.getProperty("java.home")), pinned, core, arguments);
    }

    private static List<String> command(Path home, boolean pinned, int core, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (pinned) {
            command.addAll(List.of("taskset", "-c", String.valueOf(core)));
        }
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        return command;
    }

    private static Process start(List<String> command, @Nullable Path output) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        if (output != null) {
            builder.redirectOutput(output.toFile());
        }
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
