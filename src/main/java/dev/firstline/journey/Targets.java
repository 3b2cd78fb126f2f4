package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The targets that a file names. No load goes anywhere else. Immutable. */
public final class Targets {
    private final String source;
    private final Map<String, Target> byName;

    Targets(String source, Map<String, Target> byName) {
        this.source = source;
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /**
     * Reads a targets file.
     *
     * @param source the file's name, for messages
     * @throws Misuse if a target is not one that load could ever go to
     */
    public static Targets read(String source, JsonNode file) {
        return TargetsFile.read(source, file);
    }

    /** The names, in the order of the file. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The target of that name, if load may go there now.
     *
     * @param environmentVariables {@link System#getenv()}, where the key must be
     * @throws Misuse if no target has that name, if it is production without {@code allowLoad: true}, or if its key is
     *     missing
     */
    public Target pick(String name, Map<String, String> environmentVariables) {
        Target target = byName.get(name);
        if (target == null) {
            throw new Misuse(
                    "a target of " + source + ": " + String.join(", ", byName.keySet()),
                    name,
                    "the target's name",
                    Nearest.to(name, byName.keySet())
                            .map("did you mean %s?"::formatted)
                            .orElse("pick one of these, or add it to the file"));
        }
        if (target.environment() == Environment.PRODUCTION && !target.allowLoad()) {
            throw new Misuse(
                    "a target that load may go to",
                    name + ", which is production",
                    source + ", targets, " + name,
                    "pick another one; only with the written permission of whoever runs it, add \"allowLoad: true\"");
        }
        // Asked for now, so that a missing key is found before anything is started.
        target.apiKey(environmentVariables);
        return target;
    }

    /**
     * Refuses an address whose scheme, host and port are not those of any target.
     *
     * @throws Misuse listing the addresses that are named
     */
    public void refuseStranger(URI address) {
        List<String> known = byName.values().stream()
                .map(Target::baseUrl)
                .filter(Objects::nonNull)
                .map(Objects::toString)
                .toList();
        boolean named = byName.values().stream()
                .map(Target::baseUrl)
                .anyMatch(baseUrl -> baseUrl != null && Address.of(baseUrl).equals(Address.of(address)));
        if (!named) {
            throw new Misuse(
                    "an address that a target names: " + String.join(", ", known),
                    Address.of(address).toString(),
                    source,
                    "add a target for it, with its caps");
        }
    }
}
