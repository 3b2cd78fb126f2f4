package dev.firstline.journey;

import dev.firstline.wire.Choice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that one target is sent, in UTF-8.
 *
 * <p>The service drops misspelt keys without a word, so nothing here is spelt by a user: what a journey may say are
 * records that refuse nonsense, and only this room writes the keys. Everything that is the same for all customers is
 * written once, when the journeys are handed over; a call only splices ids in between.
 *
 * <p>Immutable and safe for all threads.
 */
public final class Requests {
    private final Template health;
    private final Map<Spelling, Template> inits;
    private final Map<Spelling, Template> closes;
    /** By identity: to hash a journey by value would read all its words once a call. */
    private final IdentityHashMap<Journey, List<Template>> turns = new IdentityHashMap<>();

    private Requests(Target target, Collection<Journey> journeys) {
        health = Template.ids(target, Spelling.CAMEL_CASE, false);
        inits = Map.of(
                Spelling.CAMEL_CASE, Template.ids(target, Spelling.CAMEL_CASE, false),
                Spelling.SNAKE_CASE, Template.ids(target, Spelling.SNAKE_CASE, false));
        closes = Map.of(
                Spelling.CAMEL_CASE, Template.ids(target, Spelling.CAMEL_CASE, true),
                Spelling.SNAKE_CASE, Template.ids(target, Spelling.SNAKE_CASE, true));
        for (Journey journey : journeys) {
            List<Template> templates = new ArrayList<>();
            for (Turn turn : journey.turns()) {
                templates.add(Template.turn(target, journey, turn));
            }
            turns.put(journey, List.copyOf(templates));
        }
    }

    /** Prepares the bodies of these journeys' turns. */
    public static Requests of(Target target, Collection<Journey> journeys) {
        return new Requests(target, journeys);
    }

    /**
     * The question whether the agent is well: the two ids that it documents, and no session.
     *
     * @throws IllegalArgumentException if an id is empty, here and in the methods below
     */
    public byte[] health(String clientKey) {
        return bytes(health.fill(clientKey, null, List.of()));
    }

    /** Opens a session, in camelCase. */
    public byte[] init(String clientKey) {
        return init(clientKey, Spelling.CAMEL_CASE);
    }

    /** Opens a session, in the spelling of the journey that follows. */
    public byte[] init(String clientKey, Spelling spelling) {
        return bytes(template(inits, spelling).fill(clientKey, null, List.of()));
    }

    /** Closes a session, in camelCase. */
    public byte[] close(String clientKey, String sessionId) {
        return close(clientKey, sessionId, Spelling.CAMEL_CASE);
    }

    /** Closes a session, in the spelling of the journey that it ends. */
    public byte[] close(String clientKey, String sessionId, Spelling spelling) {
        return bytes(template(closes, spelling).fill(clientKey, sessionId, List.of()));
    }

    /**
     * What a turn sends. Two picks in one turn pick from the same rows and buttons.
     *
     * @param journey one of those that were handed over, the same instance
     * @param turn one of its turns
     * @param shown what the turn before has shown to choose from, in order
     * @throws IllegalArgumentException if the journey was not handed over, or an id is empty
     */
    public TurnBody turn(Journey journey, Turn turn, String clientKey, String sessionId, List<Choice> shown) {
        List<Template> templates = turns.get(journey);
        if (templates == null || turn.number() > templates.size()) {
            throw new IllegalArgumentException("not prepared: turn " + turn.number() + " of " + journey.name());
        }
        return templates.get(turn.number() - 1).fill(clientKey, sessionId, shown);
    }

    private static Template template(Map<Spelling, Template> templates, Spelling spelling) {
        @Nullable Template template = templates.get(spelling);
        if (template == null) {
            throw new IllegalStateException("no template in " + spelling);
        }
        return template;
    }

    private static byte[] bytes(TurnBody body) {
        if (body instanceof TurnBody.Ready ready) {
            return ready.bytes();
        }
        throw new IllegalStateException("a body without a pick cannot lack one: " + body);
    }
}
