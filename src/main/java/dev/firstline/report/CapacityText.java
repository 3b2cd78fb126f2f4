package dev.firstline.report;

import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.CapacityResult.Knee;
import dev.firstline.gate.CapacityResult.Step;
import dev.firstline.gate.CapacityResult.Usl;
import dev.firstline.gate.Reason;
import dev.firstline.gate.capacity.Estimate;
import dev.firstline.gate.capacity.Next;
import dev.firstline.gate.capacity.SearchPlan;
import dev.firstline.gate.capacity.StepResult;
import dev.firstline.gate.capacity.StepRule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A capacity search for people who read text. */
public final class CapacityText {
    private static final double UNLIMITED = 1e12;

    private CapacityText() {}

    /** What the search may take and cost. */
    public static String estimate(SearchPlan plan, Estimate estimate, String target, String slo) {
        String most = estimate.turnsMost() > UNLIMITED ? "any number of" : format("%,.0f", estimate.turnsMost());
        String max = plan.max() > UNLIMITED ? "" : ", never above " + rate(plan.max());
        return format(
                "capacity of %s, as %s promises: from %s journeys/s%s; takes %s to %s and costs %,.0f to %s turns",
                target,
                slo,
                rate(plan.start()),
                max,
                time(estimate.least()),
                time(estimate.most()),
                estimate.turnsLeast(),
                most);
    }

    /** One step in one line. */
    public static String line(StepResult step) {
        return format(
                "%2d  %-7s  %8s journeys/s  %-6s  %4.0f s  %,7d turns  %s",
                step.number(),
                step.phase().label(),
                rate(step.rate()),
                step.state().label(),
                step.seconds(),
                step.turns(),
                step.why());
    }

    /** What is going on. */
    public static String now(Next.Step step, double seconds, StepRule rule) {
        Duration least = rule.settle().plus(rule.least());
        Duration most = rule.settle().plus(rule.most());
        return format(
                "%2d  %-7s  %8s journeys/s  for %.0f s, of %s to %s and what it takes to start",
                step.number(), step.phase().label(), rate(step.rate()), seconds, time(least), time(most));
    }

    /** What was found, for a console. */
    public static String table(CapacityResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.decision().label() + "  " + headline(result));
        result.reasons().forEach(reason -> lines.add("      " + fact(reason)));
        @Nullable Knee knee = result.knee();
        if (knee != null) {
            facts(knee).forEach(fact -> lines.add("      " + fact));
        }
        result.notes().forEach(note -> lines.add("      note: " + note));
        return String.join("\n", lines) + "\n";
    }

    /** What was found, as Markdown. */
    public static String markdown(CapacityResult result) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(result.decision().label())
                .append(": ")
                .append(headline(result))
                .append("\n\n");
        result.reasons()
                .forEach(reason -> text.append("- ").append(fact(reason)).append('\n'));
        @Nullable Knee knee = result.knee();
        if (knee != null) {
            facts(knee).forEach(fact -> text.append("- ").append(fact).append('\n'));
        }
        result.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        text.append("\n| step | phase | journeys/s | turns/s | measured | turns | TTFL p95 | open | state | why |\n");
        text.append("|---:|---|---:|---:|---:|---:|---:|---:|---|---|\n");
        for (Step step : result.steps()) {
            text.append(format(
                    "| %d | %s | %s | %.2f | %.0f s | %d | %s | %.1f | %s | %s |\n",
                    step.number(),
                    step.phase().label(),
                    rate(step.rate()),
                    step.turnsPerS(),
                    step.seconds(),
                    step.turns(),
                    step.p95Ms() == null ? "too few" : format("%.0f ms", step.p95Ms()),
                    step.openSessions(),
                    step.state().label(),
                    step.why()));
        }
        return text.toString();
    }

    /** What was found, in a line. */
    static String headline(CapacityResult result) {
        @Nullable Knee knee = result.knee();
        String found = knee == null
                ? "no rate is known to be carried"
                : (knee.open() ? "at least " : "")
                        + rate(knee.rate())
                        + " journeys/s "
                        + (knee.heldSeconds() > 0
                                ? "held for " + time(Duration.ofMillis(Math.round(knee.heldSeconds() * 1e3)))
                                : "passed, but were not held");
        return "capacity of " + result.target() + ", as " + result.slo() + " promises: " + found;
    }

    private static List<String> facts(Knee knee) {
        List<String> facts = new ArrayList<>();
        facts.add(format(
                "95 %% interval %s journeys/s; last pass %s, first fail %s",
                knee.open() ? "from " + rate(knee.low()) + " up" : rate(knee.low()) + " to " + rate(knee.high()),
                rate(knee.lastPass()),
                knee.firstFail() == null ? "none" : rate(knee.firstFail())));
        if (knee.binding() != null) {
            facts.add("what binds: " + knee.binding() + "; beyond it lies a " + (knee.cliff() ? "cliff" : "slope"));
        }
        facts.add(format("%.2f turns/s, and by Little's law %.1f open sessions", knee.turnsPerS(), knee.concurrency()));
        Double today = knee.today();
        Double headroom = knee.headroom();
        if (today != null && headroom != null) {
            facts.add(format("%.2f times the %s journeys/s of today", headroom, rate(today)));
        }
        @Nullable Usl usl = knee.usl();
        if (usl != null) {
            facts.add(format(
                    "explained, not promised, by the Universal Scalability Law: alpha %.4f, beta %.6f%s",
                    usl.alpha(),
                    usl.beta(),
                    usl.peak() == null ? "" : format(", most at %.0f open sessions", usl.peak())));
        }
        return facts;
    }

    private static String fact(Reason reason) {
        return reason.fact() + "; try: " + reason.attempt();
    }

    private static String rate(double perSecond) {
        return new BigDecimal(perSecond)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 120) {
            return format("%.0f s", time.toMillis() / 1e3);
        }
        return seconds < 7_200 ? (seconds + 30) / 60 + " min" : format("%.1f h", seconds / 3_600.0);
    }

    private static String format(String pattern, @Nullable Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
