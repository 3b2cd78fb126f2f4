package dev.firstline.run;

import dev.firstline.stats.LiveFigures;

/** Who looks on while a run is under way. Called by one thread at a time, and never by an event loop. */
public interface Onlooker {
    /** A line that is to stay: where the live page is, or what is already known to end badly. */
    void say(String line);

    /** How the run stands; about once a second. */
    void figures(LiveFigures figures);

    /** No figures come any more: what is printed next is the verdict. */
    void over();
}
