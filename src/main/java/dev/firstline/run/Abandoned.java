package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Target;
import dev.firstline.journey.Targets;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the sessions that runs before this one left open when they were killed. */
final class Abandoned {
    private static final Logger log = LoggerFactory.getLogger(Abandoned.class);
    private static final List<Journey> NO_TURNS = List.of();

    private final Targets targets;
    private final Map<String, String> environment;

    Abandoned(Targets targets, Map<String, String> environment) {
        this.targets = targets;
        this.environment = environment;
    }

    /**
     * Closes what the ledgers in this folder of runs still hold open, one run after the other. A run whose target
     * cannot be had now is left for a later start, and said.
     */
    void close(Path runs) {
        for (Ledger ledger : Ledger.abandoned(runs)) {
            try (ledger) {
                close(ledger);
            } catch (Misuse e) {
                log.warn(
                        "event=sessions_left_open run={} sessions={} because={}",
                        ledger.header().run(),
                        ledger.open().size(),
                        e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void close(Ledger ledger) throws InterruptedException {
        Ledger.Header header = ledger.header();
        List<Ledger.OpenSession> open = ledger.open();
        Target named = targets.pick(header.target(), environment);
        URI address = URI.create(header.baseUrl());
        if (named.embedded()) {
            // The embedded stub died with its run, and its sessions with it.
            open.forEach(session -> ledger.closed(session.sessionId()));
            return;
        }
        targets.refuseStranger(address);
        Target target = named.at(address);
        int refused =
                new Service(address, target.apiKey(environment)).close(open, Requests.of(target, NO_TURNS), ledger);
        log.warn(
                "event=abandoned_sessions_closed run={} closed={} refused={} inits_never_answered={}",
                header.run(),
                open.size() - refused,
                refused,
                ledger.unknownCount());
    }
}
