package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that recordings are written into: a root that a stub can serve as soon as the first one is there.
 *
 * <p>What is recorded again replaces what was there under that name. What no recording was made of yet (health, say) is
 * taken from the root that travels with the jar. Thread-safe.
 */
public final class RecordedStubs {
    /** Where the takes of a turn lie below a root. */
    static final String TAKES = "__files/takes";

    private static final List<String> NEEDED = List.of(
            "mappings/agent-graph.json",
            Recordings.FOLDER + "/init.ndjson",
            Recordings.FOLDER + "/health.ndjson",
            Recordings.FOLDER + "/close.ndjson");

    private final Path root;
    private final Redaction redaction;
    private final String source;
    private final Clock clock;

    /**
     * @param root the folder; made with the first recording
     * @param source the target's name
     */
    public RecordedStubs(Path root, Redaction redaction, String source, Clock clock) {
        this.root = root;
        this.redaction = redaction;
        this.source = source;
        this.clock = clock;
    }

    /**
     * Writes the recordings of a conversation.
     *
     * @return where they are
     * @throws Misuse if one holds what no recording may hold, or answers what another one there answers: then none is
     *     written
     */
    public synchronized List<Path> write(Conversation conversation) {
        List<Conversation.Page> pages = conversation.pages(redaction, origin());
        try {
            List<Conversation.Page> fitting = fitting(pages, others(pages, conversation.journey()));
            List<Path> written = new ArrayList<>();
            for (Conversation.Page page : fitting) {
                written.add(put(root.resolve(Recordings.FOLDER).resolve(page.path()), page.text()));
            }
            removeOtherTurns(conversation.journey(), written);
            complete();
            return written;
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /**
     * Writes the turns of one of several conversations along the same journey, for whoever wants to know how they
     * differ.
     *
     * @param number from 1
     */
    public synchronized void writeTake(Conversation conversation, int number) {
        Path folder = root.resolve(TAKES).resolve(conversation.journey());
        try {
            for (Conversation.Page page : conversation.pages(redaction, origin())) {
                if (page.answers().journey() != null) {
                    put(
                            folder.resolve("turn-%d/take-%03d.ndjson"
                                    .formatted(page.answers().turn(), number)),
                            page.text());
                }
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Of several conversations along one journey the one that took neither longest nor shortest. */
    public static Conversation median(List<Conversation> takes) {
        return takes.stream()
                .sorted(Comparator.comparingLong(Conversation::turnsNanos))
                .toList()
                .get((takes.size() - 1) / 2);
    }

    /**
     * The recordings as they can stand beside the others. Where the customer begins as in another journey, this one is
     * found by the header that names it only.
     */
    private static List<Conversation.Page> fitting(List<Conversation.Page> pages, List<Recording> others) {
        List<Conversation.Page> fitting = new ArrayList<>();
        for (Conversation.Page page : pages) {
            Recording.Answers answers = page.answers();
            boolean claimed = answers.turn() == 1
                    && others.stream()
                            .anyMatch(other ->
                                    Recordings.whatItClaims(other.answers()).equals(Recordings.whatItClaims(answers)));
            fitting.add(claimed ? page.unasked() : page);
        }
        List<Recording> all = new ArrayList<>(others);
        fitting.forEach(page -> all.add(RecordingReader.read(page.path(), page.text())));
        Recordings.refuseTwins(all);
        return fitting;
    }

    /** The recordings that will stay. */
    private List<Recording> others(List<Conversation.Page> pages, String journey) throws IOException {
        Path folder = root.resolve(Recordings.FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Set<Path> replaced = new HashSet<>();
        pages.forEach(page -> replaced.add(folder.resolve(page.path())));
        List<Recording> others = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                if (!replaced.contains(file) && !isTurnOf(folder.resolve(journey), file)) {
                    others.add(RecordingReader.read(file.toString(), Files.readString(file)));
                }
            }
        }
        return others;
    }

    private void removeOtherTurns(String journey, List<Path> written) throws IOException {
        Path folder = root.resolve(Recordings.FOLDER).resolve(journey);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (isTurnOf(folder, file) && !written.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isTurnOf(Path folder, Path file) {
        return folder.equals(file.getParent()) && file.getFileName().toString().matches("turn-\\d+\\.ndjson");
    }

    private void complete() throws IOException {
        for (String file : NEEDED) {
            Path there = root.resolve(file);
            if (!Files.exists(there)) {
                try (InputStream shipped = RecordedStubs.class.getResourceAsStream("/stubs/" + file)) {
                    put(there, new String(Objects.requireNonNull(shipped).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** In one piece, so that a stub that starts meanwhile reads the old one or the new one. */
    private static Path put(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Recording.Origin origin() {
        String version = RecordedStubs.class.getPackage().getImplementationVersion();
        LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        return new Recording.Origin(source, today.toString(), version == null ? "not from its jar" : version);
    }

    private Misuse notWritten(IOException e) {
        return new Misuse("a folder for recordings", e.toString(), root.toString(), "another one, with --out");
    }
}
