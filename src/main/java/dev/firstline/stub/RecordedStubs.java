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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder that recordings are written into: a root that a stub can serve as soon as the first one is there.
 *
 * <p>What is recorded again replaces what was there under that name. What no recording was made of yet (health, say) is
 * taken from the root that travels with the jar. Thread-safe.
 */
public final class RecordedStubs {
    private static final List<String> NEEDED = List.of(
            "mappings/agent-graph.json",
            Recordings.FOLDER + "/init.ndjson",
            Recordings.FOLDER + "/health.ndjson",
            Recordings.FOLDER + "/close.ndjson");

    /** Where journeys are written, below the root. */
    private static final String JOURNEYS = "journeys";

    private final Path root;
    private final Redaction redaction;
    private final String source;
    private final Clock clock;
    /** What the recordings there answer. */
    private Map<Path, Recording.Answers> answered;

    /**
     * @param root the folder; made with the first recording
     * @param source the target's name
     * @throws Misuse if nothing can be written there, or one of the recordings there is none
     */
    public RecordedStubs(Path root, Redaction redaction, String source, Clock clock) {
        this.root = root;
        this.redaction = redaction;
        this.source = source;
        this.clock = clock;
        refuseUnwritable();
        try {
            this.answered = found();
        } catch (IOException e) {
            throw notWritten(e);
        }
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
            Map<Path, Recording.Answers> all = others(pages, conversation.journey());
            List<Conversation.Page> fitting = fitting(pages, all.values());
            fitting.forEach(page -> all.put(file(page), page.answers()));
            Recordings.refuseTwins(all);
            for (Conversation.Page page : fitting) {
                put(file(page), page.text());
            }
            for (Path left : answered.keySet()) {
                if (!all.containsKey(left)) {
                    Files.deleteIfExists(left);
                }
            }
            answered = all;
            complete();
            return fitting.stream().map(this::file).toList();
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /**
     * Writes the turns of several conversations along one journey as its takes, in the place of those that were there:
     * what is fitted to them is to behave like the target did now.
     *
     * @param conversations at least one
     * @throws Misuse if one holds what no recording may hold: then none is written
     */
    public synchronized void writeTakes(List<Conversation> conversations) {
        Path folder = root.resolve(Takes.FOLDER).resolve(conversations.get(0).journey());
        Map<Path, String> takes = new LinkedHashMap<>();
        int number = 1;
        for (Conversation conversation : conversations) {
            String name = "take-%03d.ndjson".formatted(number++);
            for (Conversation.Page page : conversation.pages(redaction, origin())) {
                if (page.answers().journey() != null) {
                    takes.put(folder.resolve("turn-" + page.answers().turn()).resolve(name), page.text());
                }
            }
        }
        try {
            for (Map.Entry<Path, String> take : takes.entrySet()) {
                put(take.getKey(), take.getValue());
            }
            for (Path file : recordings(folder)) {
                if (!takes.containsKey(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /**
     * Writes what the customer of a conversation said as a journey, for a run that says it again. Whoever has completed
     * the file by hand records under another name.
     *
     * @throws Misuse if it holds what nobody may keep
     */
    synchronized void writeDraft(Conversation conversation) {
        JourneyDraft draft = conversation.draft(redaction);
        if (!draft.isEmpty()) {
            try {
                put(root.resolve(JOURNEYS).resolve(conversation.journey() + ".yaml"), draft.text());
            } catch (IOException e) {
                throw notWritten(e);
            }
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
    private static List<Conversation.Page> fitting(
            List<Conversation.Page> pages, Collection<Recording.Answers> others) {
        return pages.stream()
                .map(page -> page.answers().turn() == 1 && isClaimed(page.answers(), others) ? page.unasked() : page)
                .toList();
    }

    private static boolean isClaimed(Recording.Answers answers, Collection<Recording.Answers> others) {
        Recording.Answers claimed = Recordings.whatItClaims(answers);
        return others.stream().anyMatch(other -> Recordings.whatItClaims(other).equals(claimed));
    }

    /** What is answered by those that will stay when a conversation along this journey is written. */
    private Map<Path, Recording.Answers> others(List<Conversation.Page> pages, String journey) {
        Map<Path, Recording.Answers> others = new LinkedHashMap<>(answered);
        pages.forEach(page -> others.remove(file(page)));
        Path folder = root.resolve(Recordings.FOLDER).resolve(journey);
        others.keySet().removeIf(file -> isTurnOf(folder, file));
        return others;
    }

    private Map<Path, Recording.Answers> found() throws IOException {
        Map<Path, Recording.Answers> found = new LinkedHashMap<>();
        for (Path file : recordings(root.resolve(Recordings.FOLDER))) {
            found.put(file, RecordingReader.read(file.toString(), file).answers());
        }
        return found;
    }

    private static List<Path> recordings(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".ndjson")).toList();
        }
    }

    private void refuseUnwritable() {
        Path there = root.toAbsolutePath();
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent());
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new Misuse(
                    "a folder for recordings",
                    there + ", in which none can be written",
                    "--out " + root,
                    "pick another one");
        }
    }

    private Path file(Conversation.Page page) {
        return root.resolve(Recordings.FOLDER).resolve(page.path());
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
    private static void put(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
