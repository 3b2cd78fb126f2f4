package dev.firstline.contract.proof;

import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Finding;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** What the proof is about, read once. */
final class Proof {
    static final Path FOLDER = Path.of("contracts");
    static final Schemas SCHEMAS = Schemas.in(FOLDER);
    static final Examples EXAMPLES = Examples.in(FOLDER);
    static final NavigableMap<Place, List<Mutant>> MUTANTS = Mutants.of(SCHEMAS, EXAMPLES.documents());
    static final RawJudge JUDGE = new RawJudge(SCHEMAS);

    private static @Nullable Contracts contracts;

    private Proof() {}

    /** The checker under test. Loaded on demand, so that what it refuses to load fails a test, and each says why. */
    static synchronized Contracts contracts() {
        Contracts loaded = contracts;
        if (loaded == null) {
            loaded = Contracts.load(ContractFiles.in(FOLDER));
            contracts = loaded;
        }
        return loaded;
    }

    /** Whether a schema says so, and not a rule that no schema can state. */
    static boolean statedBySchema(Collection<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.source().contains(Schemas.ENDING + "#"));
    }
}
