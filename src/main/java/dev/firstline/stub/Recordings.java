package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.Nearest;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All recordings of a root, and which of them answers a request. Immutable. */
final class Recordings {
    /** Where they lie below a WireMock root. */
    static final String FOLDER = "__files/recordings";

    static final String ENDING = ".ndjson";

    private final Map<Endpoint, Recording> single = new EnumMap<>(Endpoint.class);
    private final Map<String, List<Recording>> journeys = new HashMap<>();
    private final Map<String, Recording> byName;

    private final Takes takes;

    /** @param byName each recording by its path below {@link #FOLDER}, without its ending: {@code sofia/turn-2} */
    private Recordings(Map<String, Recording> byName, Takes takes) {
        this.byName = Map.copyOf(byName);
        this.takes = takes;
        Map<String, Recording.Answers> answered = new LinkedHashMap<>();
        byName.values().forEach(recording -> answered.put(recording.where(), recording.answers()));
        refuseTwins(answered);
        for (Recording recording : byName.values()) {
            String journey = recording.answers().journey();
            if (journey == null) {
                single.put(recording.answers().endpoint(), recording);
            } else {
                journeys.computeIfAbsent(journey, name -> new ArrayList<>()).add(recording);
            }
        }
    }

    /**
     * Refuses recordings of which two answer the same.
     *
     * @param answers what each answers, by the file that errors call it
     */
    static void refuseTwins(Map<?, Recording.Answers> answers) {
        Map<Recording.Answers, Object> seen = new HashMap<>();
        answers.forEach((where, answered) -> {
            Object other = seen.putIfAbsent(whatItClaims(answered), where);
            if (other != null) {
                throw new Misuse(
                        "one recording for a request",
                        "another one for the same in " + other,
                        where.toString(),
                        "tell them apart by \"text\" or \"input\"");
            }
        });
    }

    /**
     * Reads all files named {@code *.ndjson} in and below {@link #FOLDER}.
     *
     * @param root a WireMock root
     * @param name what errors call the root
     * @throws Misuse if one cannot be read, if two answer the same, or if init, health or close has none
     */
    static Recordings read(Path root, String name) {
        Path folder = root.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            throw new Misuse("a folder " + FOLDER, "none", name, "copy the folder stubs/ of the project");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, Recording> all = new LinkedHashMap<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList()) {
                String below = folder.relativize(file).toString().replace('\\', '/');
                all.put(
                        below.substring(0, below.length() - ENDING.length()),
                        RecordingReader.read(name + "/" + root.relativize(file), file));
            }
            Recordings recordings = new Recordings(all, Takes.read(root, name));
            recordings.checkSingles(name);
            return recordings;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + folder, e);
        }
    }

    /** The recording of init, health or close. */
    Recording single(Endpoint endpoint) {
        Recording recording = single.get(endpoint);
        if (recording == null) {
            throw new IllegalStateException("checked when they were read: " + endpoint);
        }
        return recording;
    }

    /** The recording of that name, or null if there is none or it answers another endpoint. */
    @Nullable
    Recording named(String name, Endpoint endpoint) {
        Recording named = byName.get(name);
        return named == null || named.answers().endpoint() != endpoint ? null : named;
    }

    boolean hasJourney(String journey) {
        return journeys.containsKey(journey);
    }

    /** Every recording of a turn. */
    List<Recording> turns() {
        return journeys.values().stream().flatMap(List::stream).toList();
    }

    /** How the takes of its turns were timed. */
    Takes takes() {
        return takes;
    }

    /**
     * The recording of a session's next turn, or null.
     *
     * <p>In a journey the turn decides; several recordings of one turn are told apart by what the customer said. A
     * session that is bound to no journey begins the one whose first turn the customer's input asks for.
     */
    @Nullable
    Recording turn(TurnAsked asked) {
        return candidates(asked)
                .filter(r -> r.answers().endpoint() == asked.endpoint())
                .filter(r -> r.answers().turn() == asked.turn())
                .filter(r ->
                        asked.inJourney() || (r.answers().picky() && r.answers().answers(asked.ask())))
                .max(Comparator.comparingInt(r -> fit(r.answers(), asked.ask())))
                .orElse(null);
    }

    private Stream<Recording> candidates(TurnAsked asked) {
        return asked.inJourney()
                ? journeys.getOrDefault(asked.journey(), List.of()).stream()
                : journeys.values().stream().flatMap(List::stream);
    }

    /** Why no recording answers a session's next turn. */
    Missed missed(TurnAsked asked) {
        String endpoint = asked.endpoint().wireName();
        if (!asked.inJourney()) {
            Ask ask = asked.ask();
            String said = ask.lastText().isEmpty() ? String.valueOf(ask.lastKind()) : '"' + ask.lastText() + '"';
            return new Missed(
                    "no recording answers %s to %s as the first turn".formatted(endpoint, said),
                    closest(ask.lastText()));
        }
        if (!journeys.containsKey(asked.journey())) {
            return new Missed(
                    "no recording of a journey " + asked.journey(), nearest(asked.journey(), journeys.keySet()));
        }
        return new Missed(
                "no recording answers %s as turn %d of %s".formatted(endpoint, asked.turn(), asked.journey()),
                candidates(asked)
                        .map(Recording::answers)
                        .sorted(Comparator.comparingInt(Recording.Answers::turn))
                        .map(answers -> "turn %d (%s)"
                                .formatted(answers.turn(), answers.endpoint().wireName()))
                        .toList());
    }

    /** Why the recording of that name does not answer. */
    Missed missed(String name, Endpoint endpoint) {
        Recording other = byName.get(name);
        if (other != null) {
            return new Missed(
                    "the recording %s does not answer %s".formatted(name, endpoint.wireName()),
                    List.of(name + " (" + other.answers().endpoint().wireName() + ")"));
        }
        return new Missed("no recording " + name, nearest(name, byName.keySet()));
    }

    private static List<String> nearest(String name, Set<String> names) {
        return Nearest.to(name, names).stream().toList();
    }

    private List<String> closest(String text) {
        Set<String> words = words(text);
        return journeys.values().stream()
                .flatMap(List::stream)
                .map(Recording::answers)
                .filter(answers -> answers.turn() == 1 && answers.picky())
                .sorted(Comparator.comparingInt((Recording.Answers answers) -> {
                            Set<String> shared = words(String.valueOf(answers.text()));
                            shared.retainAll(words);
                            return -shared.size();
                        })
                        .thenComparing(answers -> String.valueOf(answers.journey())))
                .limit(3)
                .map(answers -> answers.text() == null
                        ? "%s (%s)".formatted(answers.input(), answers.journey())
                        : "\"%s\" (%s)".formatted(answers.text(), answers.journey()))
                .toList();
    }

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("\\W+", -1)));
    }

    private static int fit(Recording.Answers answers, Ask ask) {
        if (!answers.picky()) {
            return 1;
        }
        return answers.answers(ask) ? 2 : 0;
    }

    /** What must be unique: at its first turn a journey is known by what the customer says alone. */
    static Recording.Answers whatItClaims(Recording.Answers answers) {
        boolean begins = answers.turn() == 1 && answers.picky();
        String text = answers.text() == null ? null : answers.text().toLowerCase(Locale.ROOT);
        return new Recording.Answers(
                answers.endpoint(), begins ? "" : answers.journey(), answers.turn(), text, answers.input());
    }

    private void checkSingles(String name) {
        for (Endpoint endpoint : List.of(Endpoint.INIT, Endpoint.HEALTH, Endpoint.CLOSE)) {
            if (!single.containsKey(endpoint)) {
                throw new Misuse(
                        "a recording of " + endpoint.wireName(), "none", name + "/" + FOLDER, "copy the shipped one");
            }
        }
    }
}
