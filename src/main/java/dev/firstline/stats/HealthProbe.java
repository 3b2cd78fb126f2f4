package dev.firstline.stats;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * Watches the generator itself from {@link #start} on: pauses of the collector, processor time, how late event loops
 * are, how long answers wait for their check, how far the time of day drifts. Thread-safe.
 */
public final class HealthProbe implements AutoCloseable {
    private final Clock clock;
    private final long startNanos;
    private final Instant startTime;
    private final long startCpuNanos;
    private final AtomicLong gcPauseMillisMax = new AtomicLong();
    private final NotificationListener onCollection = this::collected;
    private final LatencyHistogram loopDelays = new LatencyHistogram();
    private final LatencyHistogram checks = new LatencyHistogram();

    private HealthProbe(Clock clock) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
        this.startTime = clock.now();
        this.startCpuNanos = cpuNanos();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(onCollection, null, null);
            }
        }
    }

    /** Begins to watch. */
    public static HealthProbe start(Clock clock) {
        return new HealthProbe(clock);
    }

    /** Takes how late a timer of an event loop fired. Any thread. */
    public void loopDelay(long delayNanos) {
        record(loopDelays, delayNanos);
    }

    /** Takes how long an answer that had ended waited until its contract check was over. Any thread. */
    public void checked(long waitNanos) {
        record(checks, waitNanos);
    }

    /**
     * How the generator fared so far, not yet judged.
     *
     * @param lag the lag of all calls, or null where there was none
     * @param stubLagP99Ms the embedded stub's own figure, or null without one
     * @param unrecorded results that are in no figure
     * @param offered journeys that were due
     * @param achieved journeys that were started
     */
    public Health health(
            @Nullable MetricSummary lag, @Nullable Double stubLagP99Ms, long unrecorded, long offered, long achieved) {
        long elapsedNanos = Math.max(1, clock.nanoTime() - startNanos);
        double cpu = (cpuNanos() - startCpuNanos)
                / (double) elapsedNanos
                / Runtime.getRuntime().availableProcessors();
        long wallNanos = Duration.between(startTime, clock.now()).toNanos();
        return new Health(
                lag == null ? null : MetricSummary.ms(lag.values().percentileNanos(99)),
                p99Ms(loopDelays),
                gcPauseMillisMax.get(),
                Math.round(cpu * 1e3) / 1e3,
                MetricSummary.ms(Math.abs(wallNanos - elapsedNanos)),
                stubLagP99Ms,
                p99Ms(checks),
                unrecorded,
                offered,
                achieved,
                true);
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(onCollection);
                } catch (ListenerNotFoundException e) {
                    throw new IllegalStateException("closed twice", e);
                }
            }
        }
    }

    private void collected(Notification notification, @Nullable Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                && notification.getUserData() instanceof CompositeData data) {
            GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
            // Collectors that work beside the program report their cycles too; only a pause stops it.
            if (!info.getGcName().endsWith("Cycles") && !info.getGcName().startsWith("G1 Concurrent")) {
                gcPauseMillisMax.accumulateAndGet(info.getGcInfo().getDuration(), Math::max);
            }
        }
    }

    private static void record(LatencyHistogram histogram, long nanos) {
        synchronized (histogram) {
            histogram.record(nanos);
        }
    }

    private static @Nullable Double p99Ms(LatencyHistogram histogram) {
        synchronized (histogram) {
            return histogram.count() == 0 ? null : MetricSummary.ms(histogram.percentileNanos(99));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
