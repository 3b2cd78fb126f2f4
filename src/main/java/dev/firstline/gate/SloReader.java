package dev.firstline.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import dev.firstline.stats.Metric;
import dev.firstline.stats.TimeLimit;
import dev.firstline.stats.TurnLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what one simulation promises. */
final class SloReader {
    private static final String MS = "_ms";

    private SloReader() {}

    static Slos read(String where, JsonNode simulation, TurnLimits turn) {
        try {
            List<Slo> promises = new ArrayList<>();
            for (JsonNode promise : simulation.path("promises")) {
                promises.addAll(promise(promise, turn));
            }
            return new Slos(promises, health(simulation.path("health")));
        } catch (IllegalArgumentException e) {
            throw new Misuse("promises that can be kept or broken", String.valueOf(e.getMessage()), where, "mend it");
        }
    }

    private static List<Slo> promise(JsonNode node, TurnLimits turn) {
        if (node.has("metric")) {
            return percentiles(node);
        }
        if (node.has("attained")) {
            return List.of(attained(node, turn));
        }
        return List.of(single(node));
    }

    private static List<Slo> percentiles(JsonNode node) {
        Metric metric = Metric.of(node.path("metric").asText());
        List<Slo> promises = new ArrayList<>();
        node.properties().forEach(entry -> {
            if (entry.getKey().endsWith(MS)) {
                promises.add(new Slo.Percentile(
                        metric, percentile(entry.getKey()), entry.getValue().asDouble()));
            }
        });
        return promises;
    }

    private static Slo attained(JsonNode node, TurnLimits turn) {
        double share = node.path("share").asDouble();
        String what = node.path("attained").asText();
        if (what.equals("good")) {
            if (node.has("within_ms")) {
                throw new IllegalArgumentException("good means the limits of turn: it has no within_ms");
            }
            return new Attained(null, share);
        }
        Metric metric = Metric.of(what);
        double ms = node.has("within_ms") ? node.path("within_ms").asDouble() : limit(metric, turn);
        return new Attained(new TimeLimit(metric, ms), share);
    }

    private static double limit(Metric metric, TurnLimits turn) {
        return switch (metric) {
            case TTFL -> (double) turn.ttfl().toMillis();
            case MAX_GAP -> (double) turn.maxGap().toMillis();
            case E2E -> (double) turn.e2e().toMillis();
            default -> throw new IllegalArgumentException(metric.label() + " has no limit in turn: say within_ms");
        };
    }

    private static Slo single(JsonNode node) {
        if (node.has("outcome")) {
            return new Slo.OutcomeShare(
                    node.path("outcome").asText(), node.path("share").asDouble());
        }
        if (node.has("budget")) {
            return Budget.of(node.path("budget").asText(), node.path("share").asDouble());
        }
        if (node.has("recovered_within_s")) {
            return new RecoveredWithin(
                    node.path("recovered_within_s").asDouble(),
                    node.path("goodput").asDouble());
        }
        if (node.has("growth")) {
            return growth(node);
        }
        if (node.has("goodput")) {
            return new Slo.Goodput(node.path("goodput").asDouble());
        }
        if (node.has("stalled")) {
            return new Slo.Stalled(node.path("stalled").asDouble());
        }
        if (node.has("leaked_sessions")) {
            return new Slo.LeakedSessions(node.path("leaked_sessions").asLong());
        }
        if (node.has("turns")) {
            return new Slo.Turns(node.path("turns").asLong());
        }
        throw new IllegalArgumentException("nothing is promised by " + node);
    }

    private static Slo growth(JsonNode node) {
        if (node.path("growth").asText().equals("open_sessions")) {
            return new OpenSessionsSlope(node.path("sessions").asDouble());
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().endsWith(MS)) {
                return new TtflSlope(
                        percentile(entry.getKey()), entry.getValue().asDouble());
            }
        }
        throw new IllegalArgumentException("no growth is bounded by " + node);
    }

    /** {@code p99.9_ms} is the percentile 99.9, {@code max_ms} is 100. */
    private static double percentile(String key) {
        return key.equals("max" + MS) ? 100 : Double.parseDouble(key.substring(1, key.length() - MS.length()));
    }

    private static HealthLimits health(JsonNode node) {
        Map<HealthFigure, Double> limits = new HashMap<>();
        node.properties()
                .forEach(entry -> limits.put(
                        HealthFigure.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
                        entry.getValue().asDouble()));
        return new HealthLimits(limits);
    }
}
