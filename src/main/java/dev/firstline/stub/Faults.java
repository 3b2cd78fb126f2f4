package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Faults that are asked for together, as text with a bar between them: {@code stall;at=2;ms=600 | truncate;at=3}.
 *
 * <p>Each strikes by its own rate, in the order in which they are written, and sees what the ones before it left.
 */
record Faults(List<FaultAt> all) {
    static final Faults NONE = new Faults(List.of());

    Faults {
        all = List.copyOf(all);
    }

    /**
     * Reads faults.
     *
     * @return none for a blank text
     * @throws Misuse if one of them is no fault
     */
    static Faults parse(String text, String where) {
        if (text.isBlank()) {
            return NONE;
        }
        return new Faults(Arrays.stream(text.split("\\|", -1))
                .map(one -> FaultAt.parse(one, where))
                .toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Those that strike an answer of an endpoint, now. */
    Faults striking(Endpoint endpoint, Chance chance) {
        if (all.isEmpty()) {
            return this;
        }
        return new Faults(all.stream()
                .filter(fault -> fault.on() == null || fault.on() == endpoint)
                .filter(fault -> chance.strikes(fault.rate()))
                .toList());
    }

    /** The same, where those that name no endpoint are meant for that one. */
    Faults meantFor(Endpoint endpoint) {
        return new Faults(all.stream()
                .map(fault ->
                        fault.on() != null ? fault : new FaultAt(fault.fault(), fault.line(), endpoint, fault.rate()))
                .toList());
    }

    /** What is answered without asking the service, if one of them wants that. */
    Optional<Plan> instead() {
        return all.stream()
                .map(FaultAt::fault)
                .filter(Fault.Instead.class::isInstance)
                .map(fault -> ((Fault.Instead) fault).answer())
                .findFirst();
    }

    Plan spoil(Plan plan) {
        Plan spoilt = plan;
        for (FaultAt fault : all) {
            spoilt = fault.fault().spoil(spoilt, fault.line() - 1);
        }
        return spoilt;
    }
}
