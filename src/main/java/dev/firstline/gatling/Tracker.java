package dev.firstline.gatling;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calls in flight. A run that is stopped early leaves them without a word from Gatling: whoever stopped it ends
 * them here, from the simulation's {@code after} hook, so that each still ends as one result.
 */
public final class Tracker {
    private static final long FINISH_SECONDS_MAX = 5;

    private volatile boolean stopped;
    private final Set<Call> inFlight = ConcurrentHashMap.newKeySet();

    /** Whether nothing more is to be sent. */
    boolean stopped() {
        return stopped;
    }

    void began(Call call) {
        inFlight.add(call);
    }

    void over(Call call) {
        inFlight.remove(call);
    }

    /** How many calls have begun and not ended. */
    public int inFlight() {
        return inFlight.size();
    }

    /** When the oldest of them was due, on the run's clock; {@link Long#MAX_VALUE} where none is in flight. */
    public long oldestDueNanos() {
        return inFlight.stream().mapToLong(Call::dueNanos).min().orElse(Long.MAX_VALUE);
    }

    /**
     * Ends whatever is still in flight as {@code abandoned}, and lets nothing more be sent: a virtual user that would
     * go on stays where it is. Not to be called from an event loop: it waits until they have taken notice.
     *
     * @return how many there were
     */
    public int finish() {
        stopped = true;
        List<Call> left = new ArrayList<>(inFlight);
        List<Future<?>> ends = new ArrayList<>();
        for (Call call : left) {
            if (call.eventLoop().isShuttingDown()) {
                call.abandonedByTheRun();
            } else {
                ends.add(call.eventLoop().submit(call::abandonedByTheRun));
            }
        }
        for (Future<?> end : ends) {
            try {
                end.get(FINISH_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (ExecutionException | TimeoutException e) {
                // Its loop is stuck or gone: ended from here below.
            }
        }
        left.forEach(Call::abandonedByTheRun);
        return left.size();
    }
}
