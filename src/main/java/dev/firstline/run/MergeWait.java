package dev.firstline.run;

import dev.firstline.stats.Clock;
import dev.firstline.stats.Shares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until every injector has ended: what one that is under way has written so far is not its share. */
final class MergeWait {
    /** How often is looked. */
    static final Duration EVERY = Duration.ofSeconds(1);

    private final List<Path> places;
    private final int injectors;
    private final Clock clock;
    private final Pause pause;
    private final Consumer<String> say;

    /** Lets time pass. */
    interface Pause {
        /** For real. */
        Pause REAL = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

        void last(Duration time) throws InterruptedException;
    }

    /**
     * @param injectors how many there should be; 0 where their folders say it
     * @param say is told what is waited for, whenever that changes
     */
    MergeWait(List<Path> places, int injectors, Clock clock, Pause pause, Consumer<String> say) {
        this.places = places;
        this.injectors = injectors;
        this.clock = clock;
        this.pause = pause;
        this.say = say;
    }

    /**
     * Waits, at most so long, and returns what is there then.
     *
     * @throws dev.firstline.Misuse if what is there cannot be merged, however long one waits
     */
    Parts atMost(Duration time) throws IOException, InterruptedException {
        long endNanos = clock.nanoTime() + time.toNanos();
        String said = "";
        while (true) {
            Parts parts = Parts.find(there());
            String awaited = awaited(parts);
            boolean over = clock.nanoTime() >= endNanos;
            if (awaited.isEmpty() || over) {
                if (!awaited.isEmpty() && !time.isZero()) {
                    say.accept("waited %d s in vain: %s".formatted(time.toSeconds(), awaited));
                }
                return parts;
            }
            if (!awaited.equals(said)) {
                say.accept("waiting: " + awaited);
                said = awaited;
            }
            long leftNanos = endNanos - clock.nanoTime();
            pause.last(Duration.ofNanos(Math.max(1, Math.min(EVERY.toNanos(), leftNanos))));
        }
    }

    /** Whoever waits for so many injectors may come before the first of them has made a folder. */
    private List<Path> there() {
        return injectors == 0 ? places : places.stream().filter(Files::exists).toList();
    }

    /** {@code injector 0 is under way, injectors 1 and 2 have not begun, of 3}; empty where nobody is waited for. */
    private String awaited(Parts parts) {
        if (isOver(parts)) {
            return "";
        }
        int all = parts.folders().isEmpty()
                ? injectors
                : parts.folders().get(0).shares().injectors();
        if (all == 0) {
            return "no injector has begun";
        }
        Map<Integer, Boolean> ended = new TreeMap<>();
        for (Parts.Folder folder : parts.folders()) {
            for (Shares.Part part : folder.shares().parts()) {
                ended.put(part.injector(), folder.isWhole());
            }
        }
        List<Integer> underWay = new ArrayList<>();
        List<Integer> absent = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            if (!ended.containsKey(i)) {
                absent.add(i);
            } else if (!ended.getOrDefault(i, false)) {
                underWay.add(i);
            }
        }
        List<String> told = new ArrayList<>();
        if (!underWay.isEmpty()) {
            told.add(named(underWay) + (underWay.size() == 1 ? " is" : " are") + " under way");
        }
        if (!absent.isEmpty()) {
            told.add(named(absent) + (absent.size() == 1 ? " has" : " have") + " not begun");
        }
        return told.isEmpty() ? "" : String.join(", ", told) + ", of " + all;
    }

    /** Where one has ended without having met the others, nobody begins any more. */
    private static boolean isOver(Parts parts) {
        return parts.folders().stream().allMatch(Parts.Folder::isWhole)
                && parts.folders().stream().anyMatch(folder -> !folder.shares().haveMet());
    }

    private static String named(List<Integer> injectors) {
        String numbers = String.join(", ", injectors.stream().map(i -> "" + i).toList());
        return (injectors.size() == 1 ? "injector " : "injectors ") + numbers.replaceFirst(", (\\d+)$", " and $1");
    }
}
