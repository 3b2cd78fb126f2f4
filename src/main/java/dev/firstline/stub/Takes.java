package dev.firstline.stub;

import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the takes of each turn were timed. Immutable. */
final class Takes {
    /** Where they lie below a root: a folder for each journey, in it one for each turn. */
    static final String FOLDER = "__files/takes";

    private final Map<Turn, Fit> fits = new HashMap<>();

    private Takes(Map<Turn, List<Recording>> takes) {
        takes.forEach((turn, all) -> Fit.of(all).ifPresent(fit -> fits.put(turn, fit)));
    }

    /** A turn that there are takes of. */
    record Turn(Endpoint endpoint, @Nullable String journey, int number) {
        static Turn of(Recording.Answers answers) {
            return new Turn(answers.endpoint(), answers.journey(), answers.turn());
        }
    }

    /**
     * Reads all files named {@code *.ndjson} below {@link #FOLDER}; none if there is no such folder.
     *
     * @param root a WireMock root
     * @param name what errors call the root
     * @throws dev.firstline.Misuse if one is no recording
     */
    static Takes read(Path root, String name) throws IOException {
        Map<Turn, List<Recording>> takes = new HashMap<>();
        Path folder = root.resolve(FOLDER);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".ndjson"))
                        .sorted()
                        .toList()) {
                    Recording take = RecordingReader.read(name + "/" + root.relativize(file), file);
                    takes.computeIfAbsent(Turn.of(take.answers()), turn -> new ArrayList<>())
                            .add(take);
                }
            }
        }
        return new Takes(takes);
    }

    /** How the takes of the turn that these answers belong to were timed; empty if there are none. */
    Optional<Fit> fit(Recording.Answers answers) {
        return Optional.ofNullable(fits.get(Turn.of(answers)));
    }

    /** How the takes of the turns of a journey were timed, in the order of its turns. */
    SortedMap<Integer, Fit> of(String journey) {
        SortedMap<Integer, Fit> turns = new TreeMap<>();
        fits.forEach((turn, fit) -> {
            if (journey.equals(turn.journey())) {
                turns.put(turn.number(), fit);
            }
        });
        return turns;
    }

    /** All of them. */
    Map<Turn, Fit> fits() {
        return Map.copyOf(fits);
    }
}
