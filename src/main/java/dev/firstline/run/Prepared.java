package dev.firstline.run;

import dev.firstline.contract.Contracts;
import dev.firstline.gate.Certificate.Standing;
import dev.firstline.gate.SloFile;
import dev.firstline.gate.Slos;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Target;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stub.StubProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run needs, found in order before its first request.
 *
 * @param sharing who shares the load
 * @param target where the load goes, at its address
 * @param requests the bodies for that target
 * @param contracts what every answer is held against
 * @param fingerprint what a run must share with this one to be compared with it
 * @param folder the run's own folder
 * @param since when all was prepared
 * @param stub the embedded stub, or null for a target that somebody else runs
 */
record Prepared(
        String simulation,
        Settings settings,
        Sharing sharing,
        Load load,
        List<Journey> journeys,
        Load.Plan plan,
        SloFile sloFile,
        Slos slos,
        Target target,
        Secret key,
        Requests requests,
        Contracts contracts,
        Map<String, String> fingerprint,
        Path reports,
        Path folder,
        Ledger ledger,
        Instant since,
        @Nullable StubProcess stub) {
    /** The run's name: its folder's. */
    String name() {
        return folder.getFileName().toString();
    }

    /** The target outside of any load. */
    Service service() {
        return new Service(URI.create(String.valueOf(target.baseUrl())), key);
    }

    /** What the newest certificate of the folder for reports says about the load that is planned. */
    Standing standing() {
        double perS = load.journeysPerSecondMax() / sharing.share().injectors();
        return CertificateFile.standing(reports, perS, perS * plan.mix().turnsPerJourney());
    }

    /** Which run it is, begun now. */
    RunIdentity identity(Clock clock) {
        return new RunIdentity(
                name(),
                simulation,
                target.name(),
                clock.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                fingerprint);
    }
}
