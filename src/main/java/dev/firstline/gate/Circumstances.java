package dev.firstline.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a judge must know of a run beside its figures.
 *
 * @param strict whether drift from the contract fails the run
 * @param peakEndS when the load's peak was over, in seconds from the first arrival's schedule; null where there was
 *     none
 * @param reasons what the run itself has to say: the target was not healthy, the stub died, the run was cut short
 * @param notes what is worth saying and changes nothing
 */
public record Circumstances(boolean strict, @Nullable Double peakEndS, List<Reason> reasons, List<String> notes) {
    /** Nothing out of the ordinary. */
    public static final Circumstances ORDINARY = new Circumstances(false, null, List.of());

    public Circumstances {
        if (peakEndS != null && !(peakEndS >= 0)) {
            throw new IllegalArgumentException("a peak must end after the start: " + peakEndS);
        }
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
    }

    /** The same without a note. */
    public Circumstances(boolean strict, @Nullable Double peakEndS, List<Reason> reasons) {
        this(strict, peakEndS, reasons, List.of());
    }
}
