package dev.firstline.cli;

import dev.firstline.gate.Certificate;
import dev.firstline.gate.Certificate.Part;
import dev.firstline.gate.Certificate.Step;
import dev.firstline.gate.MeasuredError;
import dev.firstline.gate.Reason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A certificate for a person, in plain ASCII. */
final class CertificateTable {
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put(Part.TTFL, "ttfl");
        PARTS.put(Part.LAG, "  due part");
        PARTS.put(Part.SERVICE, "  service part");
        PARTS.put(Part.GAP, "gap");
    }

    private CertificateTable() {}

    static String of(Certificate certificate, String file) {
        StringBuilder text = new StringBuilder();
        Step planned = certificate.planned();
        line(
                text,
                "%s  the harness on %s: %s journeys/s, %s turns/s, %d turns in %s s",
                certificate.decision().label(),
                certificate.machine(),
                number(planned.rate()),
                number(planned.turnsPerS()),
                planned.turns(),
                number(planned.seconds()));
        line(text, "");
        line(text, "  measured - known, ms      n    mean     p50     p99     min     max   |p50|   |p99|   |max|");
        PARTS.forEach((part, name) -> {
            MeasuredError error = planned.errors().get(part);
            if (error != null) {
                line(
                        text,
                        "  %-16s %10d %s %s %s %s %s %s %s %s",
                        name,
                        error.n(),
                        ms(error.meanMs()),
                        ms(error.p50Ms()),
                        ms(error.p99Ms()),
                        ms(error.minMs()),
                        ms(error.maxMs()),
                        ms(error.absP50Ms()),
                        ms(error.absP99Ms()),
                        ms(error.absMaxMs()));
            }
        });
        line(
                text,
                "  limit: |p99| of ttfl and gap <= %s ms, or |max| with too few for a p99",
                number(certificate.limitMs()));
        Double stubLag = planned.stubLagP99Ms();
        if (stubLag != null) {
            line(text, "  in all of them is the stub's own lateness: p99 %s ms", number(stubLag));
        }
        ceiling(text, certificate);
        for (Reason reason : certificate.reasons()) {
            line(text, "  %s: %s", reason.decision().label(), reason.fact());
            line(text, "    try: %s", reason.attempt());
        }
        line(text, "  certificate  %s", file);
        return text.toString().replace("≤", "<=").replace("≥", ">=");
    }

    private static void ceiling(StringBuilder text, Certificate certificate) {
        Certificate.Ceiling ceiling = certificate.ceiling();
        if (ceiling == null) {
            return;
        }
        line(text, "");
        line(text, "  journeys/s  turns/s   |p99| ttfl   stub lag p99");
        for (Step step : ceiling.steps()) {
            MeasuredError error = step.errors().get(Part.TTFL);
            line(
                    text,
                    "  %10s %8s  %s ms %s ms   %s",
                    number(step.rate()),
                    number(step.turnsPerS()),
                    error == null ? "          -" : ms(error.judgedMs()) + " " + error.judged(),
                    ms(step.stubLagP99Ms()),
                    step.held() ? "held" : "gave way");
        }
        line(
                text,
                "  ceiling  %s%s journeys/s, %s turns/s: %s",
                ceiling.atLeast() ? "at least " : "",
                number(ceiling.rate()),
                number(ceiling.turnsPerS()),
                ceiling.why());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private static String ms(@Nullable Double value) {
        return value == null ? "too few" : String.format(Locale.ROOT, "%7.2f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value).replaceAll("\\.?0+$", "");
    }
}
