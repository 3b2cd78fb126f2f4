package dev.firstline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes would refuse in a manifest, as far as that can be known without a cluster: members that its types do
 * not have and values of the wrong type, by the types of its client; and words that are not among those its
 * documentation of the API lists, which the client takes for any text.
 */
final class Manifests {
    private interface Check {
        void of(JsonElement manifest) throws IOException;
    }

    /** A manifest as the client would send it. */
    private interface Types {
        String of(String manifest) throws IOException;
    }

    private record Kind(String apiVersion, Check members, Types types) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "ConfigMap",
            new Kind(
                    "v1",
                    V1ConfigMap::validateJsonElement,
                    json -> V1ConfigMap.fromJson(json).toJson()),
            "Job",
            new Kind(
                    "batch/v1",
                    V1Job::validateJsonElement,
                    json -> V1Job.fromJson(json).toJson()),
            "NetworkPolicy",
            new Kind(
                    "networking.k8s.io/v1",
                    V1NetworkPolicy::validateJsonElement,
                    json -> V1NetworkPolicy.fromJson(json).toJson()),
            "PersistentVolumeClaim",
            new Kind(
                    "v1",
                    V1PersistentVolumeClaim::validateJsonElement,
                    json -> V1PersistentVolumeClaim.fromJson(json).toJson()),
            "Pod",
            new Kind(
                    "v1",
                    V1Pod::validateJsonElement,
                    json -> V1Pod.fromJson(json).toJson()),
            "Service",
            new Kind(
                    "v1",
                    V1Service::validateJsonElement,
                    json -> V1Service.fromJson(json).toJson()));

    /** By the end of the path to them, without the places in lists: the longest that fits says what a word may be. */
    static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("spec.completionMode", Set.of("Indexed", "NonIndexed")),
            Map.entry("template.spec.restartPolicy", Set.of("Never", "OnFailure")),
            Map.entry("Pod.spec.restartPolicy", Set.of("Never", "OnFailure", "Always")),
            Map.entry("initContainers.restartPolicy", Set.of("Always")),
            Map.entry("podFailurePolicy.rules.action", Set.of("Count", "FailIndex", "FailJob", "Ignore")),
            Map.entry("onExitCodes.operator", Set.of("In", "NotIn")),
            Map.entry("onPodConditions.type", Set.of("DisruptionTarget", "ConfigIssue")),
            Map.entry("onPodConditions.status", Set.of("True", "False", "Unknown")),
            Map.entry("topologySpreadConstraints.whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")),
            Map.entry("topologySpreadConstraints.nodeTaintsPolicy", Set.of("Honor", "Ignore")),
            Map.entry("tolerations.operator", Set.of("Exists", "Equal")),
            Map.entry("tolerations.effect", Set.of("NoSchedule", "PreferNoSchedule", "NoExecute")),
            Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
            Map.entry("ports.protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("seccompProfile.type", Set.of("RuntimeDefault", "Localhost", "Unconfined")),
            Map.entry("securityContext.fsGroupChangePolicy", Set.of("OnRootMismatch", "Always")),
            Map.entry("capabilities.drop", Set.of("ALL")),
            Map.entry("spec.accessModes", Set.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")),
            Map.entry("spec.policyTypes", Set.of("Ingress", "Egress")),
            Map.entry("spec.clusterIP", Set.of("None")));

    private Manifests() {}

    /** What is wrong with a manifest, or nothing. */
    static List<String> complaints(JsonNode manifest) {
        String name = manifest.path("kind").asText();
        Kind kind = KINDS.get(name);
        if (kind == null || !kind.apiVersion.equals(manifest.path("apiVersion").asText())) {
            return List.of("unknown kind " + manifest.path("apiVersion") + " " + name);
        }
        List<String> complaints = new ArrayList<>();
        try {
            JsonElement json = JsonParser.parseString(manifest.toString());
            kind.members.of(json);
            texts(name, json, JsonParser.parseString(kind.types.of(json.toString())), complaints);
        } catch (IOException | IllegalArgumentException | JsonParseException | ClassCastException e) {
            // A list that is none is met by a cast.
            complaints.add(String.valueOf(e.getMessage()));
        }
        words(name, manifest, complaints);
        return complaints;
    }

    /** The words that may stand at a path; none where any text may. */
    static Set<String> wordsAt(String path) {
        return WORDS.entrySet().stream()
                .filter(entry -> ("." + path).endsWith("." + entry.getKey()))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(Set.of());
    }

    /**
     * The client takes 8 where a text is meant and sends "8"; the server, which is sent what was written, refuses it.
     */
    private static void texts(String path, JsonElement written, @Nullable JsonElement sent, List<String> complaints) {
        if (written.isJsonObject() && sent instanceof JsonObject object) {
            written.getAsJsonObject()
                    .asMap()
                    .forEach((key, value) -> texts(path + "." + key, value, object.get(key), complaints));
        } else if (written.isJsonArray() && sent instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                texts(path, written.getAsJsonArray().get(i), array.get(i), complaints);
            }
        } else if (sent instanceof JsonPrimitive primitive
                && primitive.isString()
                && !(written instanceof JsonPrimitive text && text.isString())) {
            complaints.add(path + " is " + written + ", and no text");
        }
    }

    private static void words(String path, JsonNode node, List<String> complaints) {
        if (node.isObject()) {
            node.properties().forEach(member -> words(path + "." + member.getKey(), member.getValue(), complaints));
        } else if (node.isArray()) {
            node.forEach(element -> words(path, element, complaints));
        } else {
            Set<String> words = wordsAt(path);
            if (!words.isEmpty() && !words.contains(node.asText())) {
                complaints.add(path + " is " + node.asText() + ", and none of " + words);
            }
        }
    }
}
