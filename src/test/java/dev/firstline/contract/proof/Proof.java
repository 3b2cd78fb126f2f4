package dev.firstline.contract.proof;

import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Finding;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;

/** What the proof is about, read once. */
final class Proof {
    static final Path FOLDER = Path.of("contracts");
    static final Schemas SCHEMAS = Schemas.in(FOLDER);
    static final Examples EXAMPLES = Examples.in(FOLDER);
    static final NavigableMap<Place, List<Mutant>> MUTANTS = Mutants.of(SCHEMAS, EXAMPLES.documents());
    static final Contracts CONTRACTS = Contracts.load(ContractFiles.in(FOLDER));
    static final RawJudge JUDGE = new RawJudge(SCHEMAS);

    private Proof() {}

    /** Whether a schema says so, and not a rule that no schema can state. */
    static boolean statedBySchema(Collection<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.source().contains(Schemas.ENDING + "#"));
    }
}
