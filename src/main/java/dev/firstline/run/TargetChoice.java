package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.contract.ContractFiles;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Target;
import dev.firstline.journey.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target of a targets file that may be asked now, and its key.
 *
 * @param key what goes into the one header that carries it, and nowhere else
 */
public record TargetChoice(Target target, Secret key) {

    /**
     * The target of that name.
     *
     * @param file a targets file, or null for the one that travels with the jar
     * @param environment {@link System#getenv()}
     * @throws Misuse if there is no such file or target, if it is production without {@code allowLoad: true}, or its
     *     key is missing
     */
    public static TargetChoice of(String name, @Nullable Path file, Map<String, String> environment) {
        Resources.Text text = Resources.one(file, "targets.yaml");
        Targets targets = Targets.read(
                text.source(),
                ContractFiles.shipped()
                        .read(text.source(), text.content().getBytes(StandardCharsets.UTF_8), "targets")
                        .root());
        Target target = targets.pick(name, environment);
        return new TargetChoice(target, target.apiKey(environment));
    }
}
