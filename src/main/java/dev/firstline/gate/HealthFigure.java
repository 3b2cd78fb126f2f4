package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.Health;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures of a generator's health that can have a limit. */
public enum HealthFigure {
    LAG_P99_MS(Unit.MS, "lower the rate, or give the generator more processors"),
    LOOP_DELAY_P99_MS(Unit.MS, "lower the rate, or take other work off this machine"),
    GC_PAUSE_MAX_MS(Unit.MS, "give the generator more heap, or use ZGC on a newer Java"),
    CPU(Unit.SHARE, "lower the rate, or share the load among injectors"),
    DRIFT_MS(Unit.MS, "see that the machine neither sleeps nor has its time set during a run"),
    STUB_LAG_P99_MS(Unit.MS, "lower the rate, or run the stub on a machine of its own"),
    CHECK_P99_MS(Unit.MS, "lower the rate, or give the generator a processor more for the contract"),
    /** Journeys started over journeys due. */
    ACHIEVED(Unit.SHARE, "lower the rate, or share the load among injectors");

    private final Unit unit;
    private final String attempt;

    HealthFigure(Unit unit, String attempt) {
        this.unit = unit;
        this.attempt = attempt;
    }

    /** What files and reports call it: {@code lag_p99_ms}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The limit as a bound.
     *
     * @throws IllegalArgumentException if it is not one of this figure's unit
     */
    Bound bound(double limit) {
        return new Bound(this == ACHIEVED, limit, unit);
    }

    /** The figure as people read it. */
    public String text(Health health) {
        Double seen = of(health);
        return seen == null ? "not measured" : unit.text(seen);
    }

    Optional<Doubt> doubt(Health health, double limit) {
        Double seen = of(health);
        if (seen == null ? this != LOOP_DELAY_P99_MS : bound(limit).keeps(seen)) {
            // A run that sent nothing has no lag, one against a real service no stub, one that ended at once no check:
            // none of it is an illness.
            return Optional.empty();
        }
        return Optional.of(new Doubt(this, bound(limit).toString(), text(health), attempt));
    }

    private @Nullable Double of(Health health) {
        return switch (this) {
            case LAG_P99_MS -> health.lagP99Ms();
            case LOOP_DELAY_P99_MS -> health.loopDelayP99Ms();
            case GC_PAUSE_MAX_MS -> health.gcPauseMaxMs();
            case CPU -> health.cpu();
            case DRIFT_MS -> health.driftMs();
            case STUB_LAG_P99_MS -> health.stubLagP99Ms();
            case CHECK_P99_MS -> health.checkP99Ms();
            case ACHIEVED -> health.offered() == 0 ? 1.0 : (double) health.achieved() / health.offered();
        };
    }
}
