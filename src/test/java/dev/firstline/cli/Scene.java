package dev.firstline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Journeys of one turn and what a stub answers them, in a folder of a test's own: {@code journeys/}, {@code stubs/} and
 * {@code contracts/slo.yaml}. Quotes are single in what it is told, and double in the files.
 */
final class Scene {
    private static final String RECORDINGS = "stubs/__files/recordings/";
    private static final Pattern AT = Pattern.compile("^\\{'at':(\\d+)");
    private static final String HEADER = """
            {'recording':1,'answers':{'endpoint':'invoke','journey':'NAME','turn':1,'text':'NAME'},'status':STATUS,\
            'headers':{'Content-Type':'application/json'},'headersAt':1,'endAt':END,'placeholders':['sessionId'],\
            'from':{'source':'written by hand','date':'2026-11-20','harness':'0.1.0'}}
            """;

    private final Path folder;

    private Scene(Path folder) {
        this.folder = folder;
    }

    /** A scene with the shipped answers to init, close and health, and these promises for smoke. */
    static Scene in(Path folder, String... promises) throws IOException {
        Scene scene = new Scene(folder);
        for (String file : List.of("mappings/agent-graph.json", "init.ndjson", "close.ndjson", "health.ndjson")) {
            String path = file.endsWith(".ndjson") ? RECORDINGS + file : "stubs/" + file;
            scene.write(path, Files.readString(Path.of(path)));
        }
        scene.write("contracts/slo.yaml", """
                turn: {ttfl_ms: 1000, max_gap_ms: 1000, e2e_ms: 3000, stall_ms: 400}
                simulations:
                  smoke:
                    promises: [%s]
                """.formatted(String.join(", ", promises)));
        return scene;
    }

    /** The options that make a run play it. */
    static String[] smoke(String... more) {
        List<String> options =
                List.of("run", "smoke", "--journeys", "journeys", "--stubs", "stubs", "--contracts", "contracts");
        return Stream.concat(options.stream(), List.of(more).stream()).toArray(String[]::new);
    }

    /** An answer's line with these events, without its line feed. */
    static String line(String... events) {
        return "{'result':{'response':{'sessionId':'{{sessionId}}','responseEvents':[" + String.join(",", events)
                + "]}}}";
    }

    /** An event that says something. */
    static String says(String text, int number) {
        return "{'messageEvent':{'role':'ASSISTANT','content':{'textContent':{'text':'%s'}}},'eventId':'e-%d'}"
                .formatted(text, number);
    }

    /** A journey of one turn that is answered with these lines, at once. */
    void answers(String name, List<String> lines) throws IOException {
        journey(
                name,
                "",
                200,
                lines.stream().map(line -> "{'at':5,'line':" + line + "}").toArray(String[]::new));
    }

    /** A journey of one turn and the rows of the recording that answers it. */
    void journey(String name, String wish, int status, String... rows) throws IOException {
        write("journeys/" + name + ".yaml", """
                name: NAME
                description: A test's own.
                turns:
                  - say: "NAME"
                """.replace("NAME", name) + wish);
        String recording = HEADER.replace("NAME", name).replace("STATUS", "" + status) + String.join("\n", rows) + "\n";
        int lastMillis = Stream.of(rows)
                .flatMap(row -> AT.matcher(row).results())
                .mapToInt(at -> Integer.parseInt(at.group(1)))
                .max()
                .orElse(0);
        write(
                RECORDINGS + name + ".ndjson",
                recording.replace("END", "" + (lastMillis + 10)).replace('\'', '"'));
    }

    /** A file of the scene, as it is. */
    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
