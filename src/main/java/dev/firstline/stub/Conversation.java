package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.Event;
import dev.firstline.wire.EventKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session, in the order in which they were answered, and the recordings that they become.
 *
 * <p>It becomes all its recordings at once, because what one answer says must go may stand in another. Thread-safe.
 */
public final class Conversation {
    /** The most calls that one conversation can have. */
    public static final int CALLS_MAX = 1_000;

    private final String journey;
    private final List<Exchange> exchanges = new ArrayList<>();

    /** @param journey lower-case letters, digits and hyphens: the name of what is recorded */
    public Conversation(String journey) {
        this.journey = journey;
    }

    private record Exchange(Endpoint endpoint, Ask ask, Take take) {}

    /**
     * A recording that is fit to be written.
     *
     * @param path where it belongs below the folder of recordings
     */
    record Page(
            String path, Recording.Answers answers, Take take, Set<Placeholder> placeholders, Recording.Origin from) {

        String text() {
            return RecordingWriter.text(answers, take, placeholders, from);
        }

        /** The same, answering whatever the customer says. */
        Page unasked() {
            Recording.Answers any =
                    new Recording.Answers(answers.endpoint(), answers.journey(), answers.turn(), null, null);
            return new Page(path, any, take, placeholders, from);
        }
    }

    String journey() {
        return journey;
    }

    /**
     * Adds a call.
     *
     * @param request the request's body
     * @throws Misuse if there are too many
     */
    public synchronized void add(Endpoint endpoint, byte[] request, Take take) {
        if (exchanges.size() >= CALLS_MAX) {
            throw new Misuse("at most " + CALLS_MAX + " calls", "one more", "a session", "record shorter sessions");
        }
        Ask ask = AskReader.read(request) instanceof Ask read ? read : new Ask("", "", "", List.of());
        exchanges.add(new Exchange(endpoint, ask, take));
    }

    /** How long its turns took in all. */
    synchronized long turnsNanos() {
        return exchanges.stream()
                .filter(exchange -> exchange.endpoint().isTurn())
                .mapToLong(exchange -> exchange.take().endNanos())
                .sum();
    }

    /**
     * The recordings: one of each turn, and one of init, health and close where they went well.
     *
     * @throws Misuse if one holds what no recording may hold; it says what, never the value
     */
    synchronized List<Page> pages(Redaction redaction, Recording.Origin from) {
        Redactor redactor = new Redactor(redaction, ids());
        exchanges.forEach(exchange -> redactor.learn(exchange.take()));
        List<Page> pages = new ArrayList<>();
        int turns = 0;
        for (Exchange exchange : exchanges) {
            boolean turn = exchange.endpoint().isTurn();
            turns += turn ? 1 : 0;
            if (turn || exchange.take().isWhole()) {
                Recording.Answers answers = answers(exchange, turns, redactor);
                String path = turn ? "%s/turn-%d.ndjson".formatted(journey, turns) : single(exchange.endpoint());
                pages.removeIf(page -> page.path().equals(path));
                Take redacted = redactor.redact(exchange.take());
                Page page = new Page(path, answers, redacted, EnumSet.copyOf(redactor.placed()), from);
                refuseAmbiguous(exchange.take(), page);
                refuseLeak(redactor, page);
                pages.add(page);
            }
        }
        return pages;
    }

    /**
     * What its customer said, as a journey.
     *
     * @throws Misuse if that holds what nobody may keep
     */
    synchronized JourneyDraft draft(Redaction redaction) {
        Redactor redactor = new Redactor(redaction, Map.of());
        exchanges.forEach(exchange -> redactor.learn(exchange.take()));
        JourneyDraft draft = new JourneyDraft(journey);
        for (Exchange exchange : exchanges) {
            if (exchange.endpoint().isTurn()) {
                draft.add(
                        redactor.text(exchange.ask().lastText()),
                        exchange.ask().lastKind(),
                        exchange.endpoint() == Endpoint.INVOKE_SYNC,
                        firstSeen(exchange));
            }
        }
        redactor.leak(draft.text()).ifPresent(what -> {
            throw new Misuse(
                    "a journey that anybody may see",
                    what + " (not shown)",
                    journey + ".yaml, which was not written",
                    "--redact or --redact-pointer for it, or another conversation");
        });
        return draft;
    }

    private static @Nullable EventKind firstSeen(Exchange exchange) {
        return exchange.take().envelopes(exchange.endpoint()).stream()
                .flatMap(envelope ->
                        envelope instanceof Envelope.Answer answer ? answer.events().stream() : Stream.<Event>empty())
                .map(Event::kind)
                .filter(kind -> kind != null && kind.customerSees())
                .findFirst()
                .orElse(null);
    }

    private static void refuseAmbiguous(Take unredacted, Page page) {
        for (Placeholder placeholder : page.placeholders()) {
            if (unredacted.arrivals().stream()
                    .anyMatch(arrival -> arrival.text().contains(placeholder.written()))) {
                throw new Misuse(
                        "lines that do not say " + placeholder.written() + " themselves",
                        "one that does",
                        page.path() + ", which was not written",
                        "a conversation without it: a recording could not tell it from its placeholder");
            }
        }
    }

    private static void refuseLeak(Redactor redactor, Page page) {
        int number = 0;
        for (String row : page.text().split("\n", -1)) {
            number++;
            String where = page.path() + ":" + number + ", which was not written";
            redactor.leak(row).ifPresent(what -> {
                throw new Misuse(
                        "a recording that anybody may see",
                        what + " (not shown)",
                        where,
                        "--redact or --redact-pointer for it, or another conversation");
            });
        }
        for (Arrival arrival : page.take().arrivals()) {
            // Of these the rows show base64 only.
            if (!arrival.isUtf8() && redactor.leak(arrival.text()).isPresent()) {
                throw new Misuse(
                        "a recording that anybody may see",
                        "a line that is not UTF-8 and holds what has to go (not shown)",
                        page.path() + ", which was not written",
                        "another conversation");
            }
        }
    }

    private Recording.Answers answers(Exchange exchange, int turn, Redactor redactor) {
        if (!exchange.endpoint().isTurn()) {
            return new Recording.Answers(exchange.endpoint(), null, 0, null, null);
        }
        if (turn > 1) {
            return new Recording.Answers(exchange.endpoint(), journey, turn, null, null);
        }
        // By its first turn a journey is known.
        String said = exchange.ask().lastText();
        return said.isEmpty()
                ? new Recording.Answers(
                        exchange.endpoint(), journey, turn, null, exchange.ask().lastKind())
                : new Recording.Answers(exchange.endpoint(), journey, turn, redactor.text(said), null);
    }

    private Map<Placeholder, String> ids() {
        Map<Placeholder, String> ids = new EnumMap<>(Placeholder.class);
        for (Exchange exchange : exchanges) {
            Ask ask = exchange.ask();
            ids.putIfAbsent(Placeholder.CLIENT_KEY, ask.clientKey());
            ids.putIfAbsent(Placeholder.BUSINESS_ID, ask.businessId());
            String session = exchange.endpoint() == Endpoint.INIT ? opened(exchange.take()) : ask.sessionId();
            if (!session.isEmpty()) {
                ids.putIfAbsent(Placeholder.SESSION_ID, session);
            }
        }
        ids.values().removeIf(String::isEmpty);
        return new LinkedHashMap<>(ids);
    }

    /** The session that an answer to init opened; empty if it opened none. */
    static String opened(Take init) {
        for (Envelope envelope : init.envelopes(Endpoint.INIT)) {
            if (envelope instanceof Envelope.Answer answer && answer.sessionId() != null) {
                return answer.sessionId();
            }
        }
        return "";
    }

    private static String single(Endpoint endpoint) {
        return endpoint.wireName() + ".ndjson";
    }
}
