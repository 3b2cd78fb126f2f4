package dev.firstline.gatling;

import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import dev.firstline.journey.Arrivals;
import dev.firstline.stats.CallTiming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When each customer of a run is due, on the clock of the run. Gatling starts its users a little early, each takes the
 * next number and waits for that number's time, so what Gatling does when is of no consequence. Safe for all threads.
 */
public final class Schedule {
    /** The most steps that a run's injection is cut into, however long it lasts. */
    public static final int STEPS_MAX = 600;

    /** What Gatling may be late before it shows as lag. */
    static final long MARGIN_MILLIS = 300;

    private final Arrivals arrivals;
    private final long stepNanos;
    private final AtomicLong epochNanos = new AtomicLong(CallTiming.NEVER);
    private final AtomicLong next = new AtomicLong();
    private volatile long endNanos = Long.MAX_VALUE;

    public Schedule(Arrivals arrivals) {
        this.arrivals = arrivals;
        // Whole seconds: Gatling's ramp cuts the rest off, and with less than one it starts nobody and never ends.
        long lastSecond = TimeUnit.NANOSECONDS.toSeconds(lastOffsetNanos());
        this.stepNanos = TimeUnit.SECONDS.toNanos(lastSecond / STEPS_MAX + 1);
    }

    /** Starts the users so early that each is there when it is due: one step and a margin. */
    public io.gatling.javaapi.core.OpenInjectionStep[] injection() {
        List<io.gatling.javaapi.core.OpenInjectionStep> steps = new ArrayList<>();
        Duration step = Duration.ofNanos(stepNanos);
        int taken = 0;
        for (long end = stepNanos; taken < arrivals.count(); end += stepNanos) {
            int first = taken;
            while (taken < arrivals.count() && arrivals.offsetNanos(taken) < end) {
                taken++;
            }
            steps.add(
                    taken == first ? nothingFor(step) : rampUsers(taken - first).during(step));
        }
        return steps.toArray(io.gatling.javaapi.core.OpenInjectionStep[]::new);
    }

    /** How many customers it holds. */
    public int count() {
        return arrivals.count();
    }

    /** How many of them are due so long after its time began. */
    public long due(long elapsedNanos) {
        int low = 0;
        int high = arrivals.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (arrivals.offsetNanos(middle) <= elapsedNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** From now on nobody arrives any more; who has arrived goes on. */
    public void end(long nowNanos) {
        endNanos = nowNanos;
    }

    /** Whether {@link #end} was called. */
    public boolean ended() {
        return endNanos != Long.MAX_VALUE;
    }

    /** Whether it was over before somebody who was due then. */
    boolean over(long dueNanos) {
        return dueNanos > endNanos;
    }

    /** How many of them have arrived. */
    public long started() {
        return Math.min(next.get(), arrivals.count());
    }

    /** When its time began, in nanoseconds of the run's clock; empty before the first user was started. */
    public OptionalLong epochNanos() {
        long epoch = epochNanos.get();
        return epoch == CallTiming.NEVER ? OptionalLong.empty() : OptionalLong.of(epoch);
    }

    /** How long before its time begins Gatling must be told to start the users. */
    public long leadNanos() {
        return stepNanos + TimeUnit.MILLISECONDS.toNanos(MARGIN_MILLIS);
    }

    /**
     * Its time begins then, and not when the first user makes it begin: what several injectors have agreed on. To be
     * called before the first user is started, {@link #leadNanos} before that time or earlier.
     */
    public void begin(long nanos) {
        if (!epochNanos.compareAndSet(CallTiming.NEVER, nanos)) {
            throw new IllegalStateException("the schedule has begun already");
        }
    }

    /** One place in the schedule. */
    record Place(long number, long dueNanos) {}

    /** The next customer's place; empty for a user beyond the schedule. The first sets the epoch, if nobody has. */
    Optional<Place> take(long nowNanos) {
        long taken = next.getAndIncrement();
        if (taken >= arrivals.count() || ended()) {
            return Optional.empty();
        }
        // The first user is started in the step that its arrival falls into, and not earlier.
        long firstStepNanos = arrivals.offsetNanos(0) / stepNanos * stepNanos;
        epochNanos.compareAndSet(CallTiming.NEVER, nowNanos - firstStepNanos + leadNanos());
        int k = (int) taken;
        return Optional.of(new Place(arrivals.number(k), epochNanos.get() + arrivals.offsetNanos(k)));
    }

    private long lastOffsetNanos() {
        return arrivals.count() == 0 ? 0 : arrivals.offsetNanos(arrivals.count() - 1);
    }
}
