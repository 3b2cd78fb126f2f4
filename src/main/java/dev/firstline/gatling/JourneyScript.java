package dev.firstline.gatling;

import dev.firstline.journey.Expectation;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Turn;
import dev.firstline.journey.TurnBody;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Outcome;
import dev.firstline.wire.Choice;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.Event;
import dev.firstline.wire.EventKind;
import dev.firstline.wire.Line;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of a customer's journey: what it sends, what it wants, and what is remembered of its answer. */
final class JourneyScript implements CallScript {
    /** How many choices of one turn are remembered. */
    static final int CHOICES_MAX = 1_000;

    /** Not found, and failed precondition: the session that was to be closed is not open. */
    private static final Set<String> NOT_OPEN = Set.of("5", "9");

    private final CallKind kind;
    private final @Nullable Turn turn;
    private final Customer customer;
    private final Requests requests;
    private final Ledger ledger;
    private final List<Choice> shown = new ArrayList<>(0);
    private final Set<Expectation> unmet;

    JourneyScript(CallKind kind, @Nullable Turn turn, Customer customer, Requests requests, Ledger ledger) {
        this.kind = kind;
        this.turn = turn;
        this.customer = customer;
        this.requests = requests;
        this.ledger = ledger;
        this.unmet = turn == null ? Set.of() : new LinkedHashSet<>(turn.expects());
    }

    @Override
    public CallKind kind() {
        return kind;
    }

    @Override
    public String journey() {
        return customer.journey.name();
    }

    @Override
    public long number() {
        return customer.number;
    }

    @Override
    public int turn() {
        return turn == null ? 0 : turn.number();
    }

    @Override
    public @Nullable String sessionId() {
        return kind == CallKind.INIT ? null : customer.sessionId;
    }

    @Override
    public String sessionHash() {
        return customer.sessionHash;
    }

    @Override
    public long dueNanos(long startNanos) {
        return Math.min(startNanos, customer.dueNanos);
    }

    @Override
    public Optional<String> unsendable() {
        if (kind == CallKind.INIT) {
            ledger.intended(customer.clientKey);
            customer.body = requests.init(customer.clientKey, customer.journey.spelling());
            return Optional.empty();
        }
        String session = customer.sessionId == null ? "" : customer.sessionId;
        if (turn == null) {
            customer.body = requests.close(customer.clientKey, session, customer.journey.spelling());
            return Optional.empty();
        }
        TurnBody body = requests.turn(customer.journey, turn, customer.clientKey, session, customer.shown);
        if (body instanceof TurnBody.Ready ready) {
            customer.body = ready.bytes();
            return Optional.empty();
        }
        return Optional.of(((TurnBody.Unpickable) body).why());
    }

    @Override
    public Session line(Session session, Line line, Envelope envelope) {
        if (envelope instanceof Envelope.Answer answer) {
            String id = answer.sessionId();
            if (kind == CallKind.INIT && customer.sessionId == null && id != null && !id.isEmpty()) {
                customer.opened(id);
                ledger.opened(id, customer.clientKey);
            }
            answer.events().forEach(this::event);
        }
        return session;
    }

    private void event(Event event) {
        unmet.removeIf(expected -> expected.metBy(event));
        if (event.kind() == EventKind.SESSION_CLOSE_EVENT) {
            customer.dismissed = true;
        }
        for (Choice choice : event.choices()) {
            if (shown.size() < CHOICES_MAX) {
                shown.add(choice);
            }
        }
    }

    @Override
    public Optional<String> unmet() {
        if (kind == CallKind.INIT && customer.sessionId == null) {
            return Optional.of("no session id");
        }
        return unmet.isEmpty()
                ? Optional.empty()
                : Optional.of(unmet.stream().map(Expectation::wireName).collect(Collectors.joining(", ", "no ", "")));
    }

    /** An agent that has closed the session itself may say so when it is asked to close it (A23). */
    @Override
    public Outcome judged(Outcome outcome, Optional<String> missing) {
        return kind == CallKind.CLOSE && customer.dismissed && notOpen(outcome)
                ? Outcome.OK
                : CallScript.super.judged(outcome, missing);
    }

    @Override
    public Session ended(Session session, CallResult result, boolean written) {
        Outcome outcome = result.outcome();
        customer.endNanos = result.timing().endNanos();
        customer.dueNanos = customer.endNanos;
        customer.failed |= outcome.isKo();
        if (kind == CallKind.INIT) {
            boolean refused = !written || outcome.kind() == Outcome.Kind.HTTP_ERROR;
            if (customer.sessionId == null && refused) {
                ledger.refused(customer.clientKey);
            }
        } else if (turn != null) {
            customer.shown = List.copyOf(shown);
        } else if (customer.sessionId != null && closed(outcome)) {
            ledger.closed(customer.sessionId);
        }
        return session;
    }

    private static boolean closed(Outcome outcome) {
        return switch (outcome.kind()) {
            case OK, OK_EMPTY, UNEXPECTED_ANSWER, CONTRACT_VIOLATION -> true;
            default -> notOpen(outcome);
        };
    }

    private static boolean notOpen(Outcome outcome) {
        String detail = outcome.detail();
        String code = detail.substring(detail.indexOf(',') + 1);
        return switch (outcome.kind()) {
            case HTTP_ERROR -> detail.indexOf(',') >= 0 && NOT_OPEN.contains(code);
            case STREAM_ERROR -> NOT_OPEN.contains(code);
            default -> false;
        };
    }
}
