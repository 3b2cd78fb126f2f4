package dev.firstline.stub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The other side of {@link StubProcess}: serves until its standard input ends. */
final class StubProcessMain {
    /** The file that tells the parent where the stub serves. It appears in one piece. */
    static final String ADDRESS = "address";

    private StubProcessMain() {}

    static List<String> arguments(StubOptions options, Path folder) {
        Path root = options.root();
        List<String> arguments = new ArrayList<>(List.of(
                folder.toString(),
                String.valueOf(options.port()),
                String.valueOf(options.httpsPort()),
                root == null ? "" : root.toString(),
                String.valueOf(options.journal())));
        options.playback().settings().forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    /** Started by {@link StubProcess} only. What goes wrong goes to standard error, which is the log. */
    public static void main(String[] arguments) throws IOException {
        haltWithParent(Path.of(arguments[0]));
        StubServer server = StubServer.start(options(arguments));
        Path folder = Path.of(arguments[0]);
        Path written = Files.writeString(
                folder.resolve("address.new"), server.baseUrl().toString());
        Files.move(written, folder.resolve(ADDRESS), StandardCopyOption.ATOMIC_MOVE);
    }

    private static StubOptions options(String[] arguments) {
        Map<String, String> settings = Arrays.stream(arguments, 5, arguments.length)
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new StubOptions(
                StubOptions.BIND,
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                arguments[3].isEmpty() ? null : Path.of(arguments[3]),
                Playback.of(settings::get),
                Integer.parseInt(arguments[4]),
                null);
    }

    /** The parent writes nothing: the input ends when the parent closes it, or dies. */
    private static void haltWithParent(Path folder) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // What comes before the end means nothing.
                        }
                    } catch (IOException e) {
                        // As good as the end.
                    }
                    StubProcess.delete(folder);
                    Runtime.getRuntime().halt(0);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
