package dev.firstline.stub;

import com.github.tomakehurst.wiremock.common.ClasspathFileSource;
import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.extension.ExtensionFactory;
import com.github.tomakehurst.wiremock.extension.WireMockServices;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import dev.firstline.stats.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the stub of a WireMock that somebody else starts, as soon as this jar is on its class path and its root holds
 * recordings. Any other root stays an ordinary WireMock's, which is said in one line.
 *
 * <p>How the stub plays is said by system properties: {@code -Dfirstline.stub.speed=0}, and so for every component of
 * {@link Playback}. What is wrong with them, a recording or a mapping ends WireMock's start with a message.
 */
public final class StockWireMock implements ExtensionFactory {
    static final String PROPERTIES = "firstline.stub.";

    /** For WireMock, which finds this class as a service. */
    public StockWireMock() {}

    @Override
    public List<Extension> create(WireMockServices services) {
        Options options = services.getOptions();
        StubRoot root = root(options.filesRoot());
        if (!root.holdsRecordings()) {
            options.notifier()
                    .error("Firstline is on the class path but stays out of this: " + root + " holds no recordings in "
                            + Recordings.FOLDER);
            return List.of();
        }
        try {
            StubParts parts = StubParts.of(root.recordings(), playback());
            List<Extension> extensions = new ArrayList<>(parts.extensions(() -> check(services, root)));
            if (!options.requestJournalDisabled()
                    && options.maxRequestJournalEntries().isEmpty()) {
                extensions.add(new JournalTrim(services.getStores().getRequestJournalStore(), StubOptions.JOURNAL));
            }
            return extensions;
        } catch (Misuse e) {
            // Thrown from here it would end in a stack trace; the start of the server is where WireMock expects it.
            return List.of(new PacedServer(new Pacer(Clock.system()), () -> {
                throw e;
            }));
        }
    }

    private static StubRoot root(FileSource files) {
        return files instanceof ClasspathFileSource
                ? StubRoot.onClassPath(files.getPath())
                : new StubRoot(Path.of(files.getPath()));
    }

    private static Playback playback() {
        Set<String> names = Playback.recorded().settings().keySet();
        for (String property : new TreeSet<>(System.getProperties().stringPropertyNames())) {
            if (property.startsWith(PROPERTIES) && !names.contains(property.substring(PROPERTIES.length()))) {
                List<String> known =
                        names.stream().map(name -> PROPERTIES + name).sorted().toList();
                throw new Misuse(
                        "one of " + String.join(", ", known),
                        property,
                        "the system properties",
                        Nearest.to(property, known).stream()
                                .findFirst()
                                .map(near -> "write -D" + near)
                                .orElse("leave it out"));
            }
        }
        return Playback.of(name -> System.getProperty(PROPERTIES + name));
    }

    private static void check(WireMockServices services, StubRoot root) {
        if (StubParts.answering(services.getAdmin().listAllStubMappings().getMappings()) == 0) {
            services.getOptions()
                    .notifier()
                    .error("Firstline has read the recordings of " + root + ", but no mapping names the transformer "
                            + AgentTransformer.NAME + ": none will be played until one does");
        }
    }
}
