package dev.firstline.stub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The other side of {@link StubProcess}: serves until its standard input ends. */
final class StubProcessMain {
    /** The file that tells the parent where the stub serves. It appears in one piece. */
    static final String ADDRESS = "address";

    private StubProcessMain() {}

    static List<String> arguments(StubOptions options, Path folder) {
        Path root = options.root();
        return List.of(
                folder.toString(),
                String.valueOf(options.port()),
                String.valueOf(options.httpsPort()),
                root == null ? "" : root.toString(),
                String.valueOf(options.speed()),
                options.fault(),
                options.timing(),
                String.valueOf(options.seed()));
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
        return new StubOptions(
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                arguments[3].isEmpty() ? null : Path.of(arguments[3]),
                Double.parseDouble(arguments[4]),
                arguments[5],
                arguments[6],
                Long.parseLong(arguments[7]),
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
