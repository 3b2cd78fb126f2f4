package dev.firstline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.gate.Accepted;
import dev.firstline.gate.Fingerprint;
import dev.firstline.gate.Regression;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code reports/baselines/<simulation>/<fingerprint>/<run>.json}: the runs that others are held against, a file a run,
 * with the reason beside the figures. There is no index: two who accept at the same time write two files and lose
 * nothing, on one disk as in two branches.
 */
final class Baselines {
    private static final String ENDING = ".json";
    private static final String DRAFT = ".draft";
    private static final long DRAFT_LIVES_MS = 60_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,150}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // A newer harness may have added a member; that alone makes its file no less readable.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path root;

    /** @param root {@code reports/baselines}, which need not exist */
    Baselines(Path root) {
        this.root = root;
    }

    /** The accepted runs of one fingerprint: where they are, and they, in the order in which they ran. */
    record Shelf(Path folder, List<Accepted> runs) {}

    /** Every fingerprint of a simulation. */
    List<Shelf> all(String simulation) {
        return folders(root.resolve(named("simulation", simulation))).stream()
                .map(Baselines::shelf)
                .filter(shelf -> !shelf.runs().isEmpty())
                .toList();
    }

    /** The simulations that have accepted runs. */
    List<String> simulations() {
        return folders(root).stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /**
     * What a run is held against: the accepted runs of its fingerprint, or if there is none, those that differ least
     * from it, so that the comparison can say in what.
     */
    List<Accepted> nearest(RunSummary run) {
        List<Accepted> same = shelf(folder(run)).runs();
        return same.isEmpty()
                ? all(run.simulation()).stream()
                        .map(Shelf::runs)
                        .min(Comparator.comparingInt(runs -> Fingerprint.differences(
                                        run.fingerprint(), runs.get(0).summary().fingerprint())
                                .size()))
                        .orElse(List.of())
                : same;
    }

    /** An accepted run by its name, whatever its fingerprint. */
    Optional<Accepted> named(String run) {
        return simulations().stream()
                .flatMap(simulation -> all(simulation).stream())
                .flatMap(shelf -> shelf.runs().stream())
                .filter(one -> one.summary().run().equals(run))
                .findFirst();
    }

    /** Where the accepted runs of this run's fingerprint are. */
    Path folder(RunSummary run) {
        return root.resolve(named("simulation", run.simulation())).resolve(Fingerprint.id(run.fingerprint()));
    }

    /**
     * Keeps runs, all or none, and lets go of those that are too old to count. A run from which the baseline began anew
     * stays one.
     *
     * @return those that are kept: of more than {@value Regression#ACCEPTED_MAX} the last ones
     * @throws Misuse if another run of that name is there, or a run is older than all that are kept
     */
    List<Accepted> accept(List<Accepted> all) {
        Map<Path, List<Accepted>> byFolder = new LinkedHashMap<>();
        all.forEach(one -> byFolder.computeIfAbsent(folder(one.summary()), any -> new ArrayList<>())
                .add(one));
        List<Accepted> kept = new ArrayList<>();
        byFolder.forEach((folder, wanted) -> kept.addAll(kept(shelf(folder), wanted)));
        kept.sort(Accepted.BY_TIME);
        kept.forEach(this::write);
        return kept;
    }

    private static List<Accepted> kept(Shelf there, List<Accepted> wanted) {
        Map<String, Accepted> all = new HashMap<>();
        there.runs().forEach(one -> all.put(one.summary().run(), one));
        for (Accepted one : wanted) {
            String run = one.summary().run();
            Path file = there.folder().resolve(named("run", run) + ENDING);
            refuseImpossible(one.summary(), file);
            @Nullable Accepted before = all.get(run);
            if (before != null && !before.summary().equals(one.summary())) {
                throw new Misuse(
                        "a run that was not accepted before", "another run of that name", file.toString(), "rename it");
            }
            all.put(run, before != null && before.cut() ? one.asCut(one.why(), one.accepted()) : one);
        }
        List<Accepted> inOrder = all.values().stream().sorted(Accepted.BY_TIME).toList();
        List<Accepted> last = inOrder.subList(Math.max(0, inOrder.size() - Regression.ACCEPTED_MAX), inOrder.size());
        Set<String> names = wanted.stream().map(one -> one.summary().run()).collect(Collectors.toSet());
        List<Accepted> kept =
                last.stream().filter(one -> names.contains(one.summary().run())).toList();
        if (kept.isEmpty() || (kept.size() < names.size() && names.size() <= Regression.ACCEPTED_MAX)) {
            throw new Misuse(
                    "a run that is among the last " + Regression.ACCEPTED_MAX,
                    "one that is older than all of them",
                    inOrder.stream()
                            .map(one -> one.summary().run())
                            .filter(names::contains)
                            .findFirst()
                            .orElseThrow(),
                    "accept newer runs: it would count for nothing");
        }
        return kept;
    }

    /** A figure that is no time would make every comparison with it worthless. */
    static void refuseImpossible(RunSummary run, Path file) {
        Regression.impossible(run).ifPresent(figure -> {
            throw new Misuse("a time above 0", run.run() + ": " + figure, file.toString(), "another run");
        });
    }

    private void write(Accepted one) {
        Path folder = folder(one.summary());
        Path file = folder.resolve(one.summary().run() + ENDING);
        try {
            Files.createDirectories(folder);
            write(file, one);
            forget(folder);
            removeDrafts(folder, Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw new Misuse("a folder for accepted runs", e.toString(), folder.toString(), "see its permissions");
        }
    }

    private static void write(Path file, Accepted one) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), DRAFT, ".tmp");
        try {
            Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(one));
            // A temporary file is its owner's alone.
            draft.toFile().setReadable(true, false);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void forget(Path folder) throws IOException {
        List<Accepted> runs = shelf(folder).runs();
        for (Accepted old : runs.subList(0, Math.max(0, runs.size() - Regression.ACCEPTED_MAX))) {
            Files.deleteIfExists(folder.resolve(old.summary().run() + ENDING));
        }
    }

    /** A kill leaves its draft behind; one that is young may be somebody's who accepts at this moment. */
    private static void removeDrafts(Path folder, FileTime now) throws IOException {
        for (Path file : list(folder)) {
            if (!file.getFileName().toString().startsWith(DRAFT)) {
                continue;
            }
            try {
                if (Files.getLastModifiedTime(file).toMillis() < now.toMillis() - DRAFT_LIVES_MS) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                // Its owner has just put it in its place.
            }
        }
    }

    private static Shelf shelf(Path folder) {
        List<Accepted> runs = new ArrayList<>();
        for (Path file : list(folder)) {
            if (file.getFileName().toString().endsWith(ENDING)) {
                found(file).ifPresent(runs::add);
            }
        }
        runs.sort(Accepted.BY_TIME);
        return new Shelf(folder, runs);
    }

    /** Nothing where somebody else has just let go of it. */
    private static Optional<Accepted> found(Path file) {
        try {
            Accepted one = read(file);
            String name = one.summary().run() + ENDING;
            if (!file.getFileName().toString().equals(name)) {
                throw new Misuse(
                        "an accepted run under its own name, " + name,
                        file.getFileName().toString(),
                        file.toString(),
                        "remove it: a copy of a run is no run");
            }
            refuseImpossible(one.summary(), file);
            return Optional.of(one);
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                throw new Misuse("an accepted run", "a link to nothing", file.toString(), "remove it");
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new Misuse("an accepted run", e.toString(), file.toString(), "see its permissions, or remove it");
        }
    }

    private static Accepted read(Path file) throws IOException {
        try {
            Accepted one = JSON.readValue(Files.readAllBytes(file), Accepted.class);
            if (one == null || one.version() != Accepted.VERSION) {
                throw new Misuse(
                        "an accepted run of version " + Accepted.VERSION,
                        one == null ? "null" : "version " + one.version(),
                        file.toString(),
                        "the harness that wrote it");
            }
            return one;
        } catch (JsonProcessingException e) {
            throw new Misuse(
                    "an accepted run", e.getOriginalMessage(), file.toString(), "git checkout it, or remove it");
        }
    }

    private static List<Path> folders(Path folder) {
        return list(folder).stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (NotDirectoryException | FileAlreadyExistsException e) {
            throw new Misuse("a folder of accepted runs", "a file", folder.toString(), "another one, with --baseline");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A summary's words become names of files. */
    private static String named(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Misuse(
                    "a " + what + " of letters, digits, dots and hyphens", name, "the summary", "another run's folder");
        }
        return name;
    }
}
