package dev.firstline.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;

import dev.firstline.gate.Slo;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.Metric;
import io.gatling.javaapi.core.Assertion;
import java.util.ArrayList;
import java.util.List;

/**
 * The promises that Gatling can state exactly, as its own assertions: the longest TTFL, and no failed turn at all. It
 * cannot state the rest: its percentiles know no sample floor and no wait in vain, its shares are of one entry.
 */
public final class SloAssertions {
    private static final String FIRST_LINE = CallKind.INVOKE.label() + " · first line";

    private SloAssertions() {}

    /** Assertions for those of the promises that allow it. */
    public static List<Assertion> of(List<Slo> promises) {
        List<Assertion> assertions = new ArrayList<>();
        for (Slo promise : promises) {
            if (promise instanceof Slo.Percentile ttfl && ttfl.metric() == Metric.TTFL && ttfl.percentile() == 100) {
                // Gatling counts whole milliseconds, rounded.
                assertions.add(details(FIRST_LINE).responseTime().max().lte((int) Math.ceil(ttfl.limitMs())));
            }
            if (promise instanceof Slo.OutcomeShare ko && ko.outcome().equals(Slo.OutcomeShare.KO) && ko.share() == 0) {
                assertions.add(details(CallKind.INVOKE.label())
                        .failedRequests()
                        .count()
                        .is(0L));
            }
        }
        return assertions;
    }
}
