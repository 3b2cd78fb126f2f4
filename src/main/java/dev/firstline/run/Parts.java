package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.journey.Ledger;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SharesFile;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folders that hold shares of one load: an injector's own, or one that was merged already.
 *
 * @param folders in the order of their paths
 */
record Parts(List<Folder> folders) {
    Parts {
        folders = List.copyOf(folders);
    }

    /**
     * One of them.
     *
     * @param shares what its {@code shares.json} says
     */
    record Folder(Path path, Shares shares) {
        /** Whether a merge has made it. */
        boolean isMerged() {
            return shares.parts().size() != 1 || shares.parts().get(0).seen() != null;
        }

        /** Whether it is the folder of an injector that never said what it had measured. */
        boolean isLost() {
            return !isMerged() && shares.parts().get(0).isLost();
        }

        /** Whether nothing more is to be waited for. */
        boolean isWhole() {
            return !isLost() && Files.isRegularFile(path.resolve(SummaryFile.NAME));
        }

        private List<String> injectors() {
            return shares.parts().stream()
                    .map(part -> part.injector() + " " + part.run())
                    .toList();
        }
    }

    /**
     * Finds them.
     *
     * @param places such folders, or folders that hold some at any depth. Of what is found below such a place, a merged
     *     folder whose parts are found beside it is left out: it would count them twice
     * @throws Misuse if a place is none, or holds an ordinary run; if the shares are not of one load; or if two folders
     *     hold the same share
     */
    static Parts find(List<Path> places) throws IOException {
        Set<Path> named = new LinkedHashSet<>();
        Set<Path> found = new LinkedHashSet<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                throw new Misuse(
                        "an injector's folder, or one that holds some",
                        "no such folder",
                        place.toString(),
                        "name folders of reports/runs, or the volume they were copied to");
            }
            if (Files.isRegularFile(place.resolve(SharesFile.NAME))) {
                named.add(place.toAbsolutePath().normalize());
            } else if (isRun(place)) {
                throw ordinary(place);
            } else {
                found.addAll(below(place));
            }
        }
        found.removeAll(named);
        List<Folder> folders = new ArrayList<>(read(named));
        folders.addAll(read(found));
        leaveOutCovered(folders, found);
        folders.sort(Comparator.comparing(Folder::path));
        Parts parts = new Parts(folders);
        parts.refuseStrangers();
        parts.refuseTwins();
        return parts;
    }

    /** The shares of all of them, by their injectors. */
    List<Shares.Part> all() {
        return folders.stream()
                .flatMap(folder -> folder.shares().parts().stream())
                .sorted(Comparator.comparingInt(Shares.Part::injector))
                .toList();
    }

    private static boolean isRun(Path place) {
        return List.of(SummaryFile.NAME, TurnLog.NAME, Ledger.FILE_NAME).stream()
                .anyMatch(file -> Files.exists(place.resolve(file)));
    }

    private static Misuse ordinary(Path run) {
        return new Misuse(
                "an injector's share of a load, with a " + SharesFile.NAME,
                "a run without one: it shared its load with nobody",
                run.toString(),
                "leave it out: firstline report rebuilds an ordinary run");
    }

    /** Does not look into what it finds: a run's folder holds no other. */
    private static List<Path> below(Path place) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(place.toAbsolutePath().normalize(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (Files.isRegularFile(folder.resolve(SharesFile.NAME))) {
                    found.add(folder);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return isRun(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            /** What nobody may read, as a volume's lost+found, holds no share; an injector's folder will be missed. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static List<Folder> read(Set<Path> paths) throws IOException {
        List<Folder> folders = new ArrayList<>();
        for (Path path : paths) {
            Shares shares = SharesFile.read(path)
                    .orElseThrow(() -> new IOException("gone while it was read: " + path.resolve(SharesFile.NAME)));
            folders.add(new Folder(path, shares));
        }
        return folders;
    }

    /** The largest first, so that of two merged folders the one stays that the other is a part of. */
    private static void leaveOutCovered(List<Folder> folders, Set<Path> found) {
        List<Folder> merged = folders.stream()
                .filter(folder -> folder.isMerged() && found.contains(folder.path()))
                .sorted(Comparator.<Folder>comparingInt(
                                folder -> -folder.injectors().size())
                        .thenComparing(Folder::path))
                .toList();
        for (Folder one : merged) {
            List<String> others = folders.stream()
                    .filter(folder -> !folder.equals(one))
                    .flatMap(folder -> folder.injectors().stream())
                    .toList();
            if (others.containsAll(one.injectors())) {
                folders.remove(one);
            }
        }
    }

    private void refuseStrangers() {
        for (Folder folder : folders) {
            Folder first = first();
            if (!load(folder, first).equals(load(first, first))) {
                throw new Misuse(
                        "shares of one load: " + load(first, first) + " in " + first.path(),
                        load(folder, first),
                        folder.path().toString(),
                        "name the folders of one load only");
            }
        }
    }

    /** The name of the whole and how many injectors it has, as somebody says who has met the others. */
    Shares whole() {
        return first().shares();
    }

    private Folder first() {
        return folders.stream()
                .filter(folder -> folder.shares().haveMet())
                .findFirst()
                .orElse(folders.get(0));
    }

    /** Who was ended before they met cannot know the name of the whole. */
    private static String load(Folder folder, Folder first) {
        Shares named = folder.shares().haveMet() ? folder.shares() : first.shares();
        return named.whole() + " of " + folder.shares().injectors() + " injectors";
    }

    private void refuseTwins() {
        Map<Integer, Folder> seen = new HashMap<>();
        for (Folder folder : folders) {
            for (Shares.Part part : folder.shares().parts()) {
                Folder other = seen.put(part.injector(), folder);
                if (other != null) {
                    throw new Misuse(
                            "every injector once",
                            "injector " + part.injector() + " of "
                                    + folder.shares().injectors() + " twice",
                            other.path() + " and " + folder.path(),
                            "name one of the two folders only: its turns would be counted twice");
                }
            }
        }
    }
}
