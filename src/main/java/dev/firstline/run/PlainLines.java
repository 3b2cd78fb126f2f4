package dev.firstline.run;

import dev.firstline.report.LiveLine;
import dev.firstline.stats.LiveFigures;
import java.util.function.Consumer;

/** Tells how a run stands every ten seconds, a line each: for a log, where nothing can be written over. */
public final class PlainLines implements Onlooker {
    private static final int EVERY_SECONDS = 10;

    private final Consumer<String> out;
    private double nextS = EVERY_SECONDS;

    /** @param out takes each line */
    public PlainLines(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        out.accept(line);
    }

    @Override
    public void figures(LiveFigures figures) {
        if (figures.elapsedS() >= nextS) {
            nextS = (Math.floor(figures.elapsedS() / EVERY_SECONDS) + 1) * EVERY_SECONDS;
            out.accept("live  " + LiveLine.of(figures));
        }
    }

    @Override
    public void over() {}
}
