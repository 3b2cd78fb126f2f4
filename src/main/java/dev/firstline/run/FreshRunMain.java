package dev.firstline.run;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The other side of {@link FreshRun}: one run, and the end of the process. */
final class FreshRunMain {
    private FreshRunMain() {}

    /** Started by {@link FreshRun} only. What goes wrong goes to standard error, which is the log. */
    public static void main(String[] arguments) throws IOException {
        endWithParent();
        Map<String, String> settings = new TreeMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        try {
            Finished finished = Runs.run(arguments[1], settings);
            Exit.say(finished.table());
            Path answer = Path.of(arguments[0]);
            Files.writeString(answer, finished.folder().toString());
            System.exit(finished.exitCode());
        } catch (Misuse e) {
            Exit.now(Exit.MISUSE, String.valueOf(e.getMessage()));
        }
    }

    /** The parent writes nothing: the input ends when the parent closes it, or dies. Open sessions are closed then. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // What comes before the end means nothing.
                        }
                    } catch (IOException e) {
                        // As good as the end.
                    }
                    System.exit(Exit.MISUSE);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
