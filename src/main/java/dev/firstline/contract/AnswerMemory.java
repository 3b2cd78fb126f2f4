package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one answer said in earlier lines: whose session it is, which events came. */
final class AnswerMemory {
    /** How many ids of events are remembered, those that came last: what repeats, repeats soon. */
    static final int EVENT_IDS_MAX = 10_000;

    private static final int ID_LETTERS_MAX = 256;
    private static final String[] SESSION = {"sessionId", "session_id"};
    private static final String[] EVENTS = {"responseEvents", "response_events"};
    private static final String[] EVENT_ID = {"eventId", "event_id"};

    private String session;
    private boolean sessionWasAsked;
    private int events;
    private final Map<String, Integer> linesByEventId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > EVENT_IDS_MAX;
        }
    };

    /** @param session the session that was asked, or the empty string */
    AnswerMemory(String session) {
        this.session = session;
        this.sessionWasAsked = !session.isEmpty();
    }

    /** How many events came so far. */
    int events() {
        return events;
    }

    /** Takes the response that the probe stands at. */
    void response(JsonNode response, Probe probe) {
        for (String spelling : SESSION) {
            JsonNode id = response.get(spelling);
            if (isSaid(id)) {
                session(spelling, id, probe);
            }
        }
        for (String spelling : EVENTS) {
            JsonNode list = response.get(spelling);
            if (list != null && list.isArray()) {
                probe.enter(spelling);
                for (int i = 0; i < list.size(); i++) {
                    probe.enter(i);
                    event(list.get(i), probe);
                    probe.leave();
                }
                probe.leave();
            }
        }
    }

    /** Takes the event that the probe stands at. */
    void event(JsonNode event, Probe probe) {
        events += event.isObject() ? 1 : 0;
        for (String spelling : EVENT_ID) {
            JsonNode id = event.get(spelling);
            if (isSaid(id)) {
                Integer before = linesByEventId.putIfAbsent(key(id.textValue()), probe.line());
                if (before != null) {
                    probe.enter(spelling);
                    String seen = "the one of an event in line " + before + ": " + Seen.of(id);
                    probe.found(Rule.REPEATED_EVENT_ID, "an id that no other event has", seen, "A19");
                    probe.leave();
                }
            }
        }
    }

    private void session(String spelling, JsonNode id, Probe probe) {
        if (session.isEmpty()) {
            session = id.textValue();
        } else if (!session.equals(id.textValue())) {
            String whose = sessionWasAsked ? "the session that was asked" : "the session of the lines before";
            probe.enter(spelling);
            probe.found(Rule.FOREIGN_SESSION, whose + ", \"" + Seen.plain(session) + "\"", id, "A20");
            probe.leave();
        }
    }

    private static boolean isSaid(@Nullable JsonNode id) {
        return id != null && id.isTextual() && !id.textValue().isEmpty();
    }

    /** A long id by its beginning, its length and its hash, so that memory stays bounded. */
    private static String key(String id) {
        return id.length() <= ID_LETTERS_MAX
                ? id
                : id.substring(0, ID_LETTERS_MAX) + " " + id.length() + " " + id.hashCode();
    }
}
