package dev.firstline.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.YamlFile;
import dev.firstline.gate.SloFile;
import dev.firstline.gate.Slos;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Share;
import dev.firstline.journey.Target;
import dev.firstline.journey.Targets;
import dev.firstline.stats.Clock;
import dev.firstline.stats.TurnLimits;
import dev.firstline.stub.Playback;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and refuses everything that can be known to be wrong before the first request is sent. */
final class Preparation {
    private final String simulation;
    private final Settings settings;
    private final Load load;
    private final Map<String, String> environment;
    private final Clock clock;
    private final ContractFiles files;
    private final SortedMap<String, JsonNode> said = new TreeMap<>();

    Preparation(String simulation, Settings settings, Load load, Map<String, String> environment, Clock clock) {
        this.simulation = simulation;
        this.settings = settings;
        this.load = load;
        this.environment = environment;
        this.clock = clock;
        @Nullable Path folder = settings.path("contracts");
        this.files = folder == null ? ContractFiles.shipped() : ContractFiles.in(folder);
    }

    /**
     * What can be known of a run without starting anything.
     *
     * @throws Misuse if a file, a name, a key or the load is not as it must be
     */
    Look look() {
        Contracts.load(files);
        SloFile sloFile = sloFile();
        Target target = targets().pick(settings.text("target", "stub"), environment);
        target.apiKey(environment);
        target.refuseAbove(load.journeysPerSecondMax(), 1, load.duration());
        return new Look(target, journeys(), sloFile.turn(), sloFile.of(settings.text("slo", simulation)));
    }

    /** A run's target, journeys and promises. */
    record Look(Target target, List<Journey> journeys, TurnLimits turn, Slos slos) {
        /** How many turns a journey has on average. */
        double turnsPerJourney() {
            double weights = journeys.stream().mapToDouble(Journey::weight).sum();
            return journeys.stream()
                            .mapToDouble(journey ->
                                    journey.weight() * journey.turns().size())
                            .sum()
                    / weights;
        }
    }

    /**
     * Prepares the run. What was started on the way is stopped again if something is refused.
     *
     * @throws Misuse if a file, a name, a key or the load is not as it must be
     */
    Prepared prepare() {
        settings.refuseBadAndUnread(simulation);
        Sharing sharing = Sharing.of(settings, environment);
        Contracts contracts = Contracts.load(files);
        SloFile sloFile = sloFile();
        Slos slos = sloFile.of(settings.text("slo", simulation));
        List<Journey> journeys = journeys();
        Targets targets = targets();
        Target target = targets.pick(settings.text("target", "stub"), environment);
        Secret key = target.apiKey(environment);
        // How many sessions will be open at once is known by the ledger only, which the run watches.
        target.refuseAbove(load.journeysPerSecondMax(), 1, load.duration());
        Path reports = Path.of(settings.text("reports", "reports"));
        refuseToShare(sharing.share(), target);
        Load.Plan plan = load.plan(journeys, sharing.share());
        makeAllureFolder();
        new Abandoned(targets, environment).close(RunFolder.all(reports));

        @Nullable StubProcess stub = target.embedded() ? StubProcess.launch(stubOptions(settings)) : null;
        try {
            Target there = stub == null ? target.shared(sharing.share()) : target.at(stub.baseUrl());
            URI address = there.baseUrl();
            if (address == null) {
                throw new IllegalStateException("only the embedded stub has no address of its own");
            }
            Path folder = RunFolder.create(reports, simulation, clock.now());
            Ledger ledger = Ledger.create(
                    folder.resolve(Ledger.FILE_NAME),
                    new Ledger.Header(
                            folder.getFileName().toString(),
                            target.name(),
                            address.toString(),
                            target.businessId(),
                            target.apiKeyEnv()));
            return new Prepared(
                    simulation,
                    settings,
                    sharing,
                    load,
                    journeys,
                    plan,
                    sloFile,
                    slos,
                    there,
                    key,
                    Requests.of(there, journeys),
                    contracts,
                    Identity.of(load, sharing.share(), target.name(), said(journeys), files, sloFile.turn()),
                    reports,
                    folder,
                    ledger,
                    clock.now(),
                    stub);
        } catch (RuntimeException e) {
            if (stub != null) {
                stub.close();
            }
            throw e;
        }
    }

    private void refuseToShare(Share share, Target target) {
        if (share.isWhole()) {
            return;
        }
        if (target.embedded()) {
            throw new Misuse(
                    "a target that all " + share.injectors() + " injectors reach",
                    "the embedded stub, of which each would have its own",
                    "the target " + target.name(),
                    "start firstline stub --port 8080, and --target local");
        }
        if (simulation.equals(StepWatch.SIMULATION)) {
            throw new Misuse(
                    "one injector",
                    "" + share.injectors(),
                    "a step of a capacity search",
                    "share a run of load: a search decides alone when a step is over");
        }
    }

    /** Now, since at the end of a run of hours it would be a pity. */
    private void makeAllureFolder() {
        @Nullable Path folder = settings.path("allure");
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new Misuse("a folder for Allure's results", e.toString(), folder.toString(), "another one");
            }
        }
    }

    /** @throws Misuse if one of the embedded stub's settings is not as it must be */
    static StubOptions stubOptions(Settings settings) {
        Playback playback = Playback.recorded()
                .withSpeed(settings.number("speed", 1))
                .withFault(settings.text("fault", ""))
                .withTiming(settings.text("timing", Playback.recorded().timing()))
                .withWorkers(settings.count("workers", Playback.recorded().workers()))
                .withSeed(settings.seed());
        return StubOptions.defaults().withRoot(settings.path("stubs")).withPlayback(playback);
    }

    private SloFile sloFile() {
        YamlFile file = files.slo();
        return SloFile.read(file.source(), file.root());
    }

    private Targets targets() {
        Resources.Text file = Resources.one(settings.path("targets"), "targets.yaml");
        return Targets.read(file.source(), yaml(file.source(), file.content(), "targets"));
    }

    private List<Journey> journeys() {
        List<Journey> journeys = new ArrayList<>();
        Resources.yamlIn(settings.path("journeys"), "journeys").forEach((source, content) -> {
            JsonNode file = yaml(source, content, "journey");
            Journey journey = Journey.read(source, file);
            journeys.add(journey);
            said.put(journey.name(), file);
        });
        String wanted = settings.text("journey", "");
        if (wanted.isBlank()) {
            return journeys;
        }
        Set<String> known = journeys.stream().map(Journey::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> names =
                Arrays.stream(wanted.split(",", -1)).map(String::trim).collect(Collectors.toSet());
        for (String name : names) {
            if (!known.contains(name)) {
                throw new Misuse(
                        "journeys out of " + String.join(", ", known),
                        name,
                        "the setting journey",
                        Nearest.to(name, known)
                                .map("did you mean %s?"::formatted)
                                .orElse("one of these"));
            }
        }
        return journeys.stream()
                .filter(journey -> names.contains(journey.name()))
                .toList();
    }

    private SortedMap<String, JsonNode> said(List<Journey> journeys) {
        SortedMap<String, JsonNode> chosen = new TreeMap<>(said);
        chosen.keySet().retainAll(journeys.stream().map(Journey::name).toList());
        return chosen;
    }

    private JsonNode yaml(String source, String content, String schema) {
        return files.read(source, content.getBytes(StandardCharsets.UTF_8), schema)
                .root();
    }
}
