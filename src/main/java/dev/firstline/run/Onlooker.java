package dev.firstline.run;

import dev.firstline.stats.LiveFigures;
import java.net.URI;

/** Who looks on while a run is under way. Called by one thread at a time, and never by an event loop. */
public interface Onlooker {
    /** The live page can be opened there. */
    void page(URI address);

    /** How the run stands; about once a second. */
    void figures(LiveFigures figures);

    /** No figures come any more: what is printed next is the verdict. */
    void over();
}
