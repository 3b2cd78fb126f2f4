package dev.firstline.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * How a run stood from second to second, in at most {@value #POINTS_MAX} points: when there are more, every other one
 * is forgotten and from then on only every other one is kept. Thread-safe.
 */
public final class LiveHistory {
    /** How many points are kept. */
    public static final int POINTS_MAX = 3_600;

    private List<LiveFigures> points = new ArrayList<>();
    private int keepEvery = 1;
    private int sinceKept;

    /** The next second; what comes before the schedule has begun is not kept. */
    public synchronized void add(LiveFigures figures) {
        if (!figures.begun() || ++sinceKept < keepEvery) {
            return;
        }
        sinceKept = 0;
        points.add(figures);
        if (points.size() > POINTS_MAX) {
            List<LiveFigures> thinned = new ArrayList<>();
            for (int i = 0; i < points.size(); i += 2) {
                thinned.add(points.get(i));
            }
            points = thinned;
            keepEvery *= 2;
        }
    }

    /** What came after that many seconds into the run, oldest first. */
    public synchronized List<LiveFigures> after(double elapsedS) {
        return points.stream().filter(point -> point.elapsedS() > elapsedS).toList();
    }
}
