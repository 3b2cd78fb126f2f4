package dev.firstline.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The 15 kinds of response event. */
public enum EventKind {
    MESSAGE_EVENT("messageEvent"),
    RECOMMENDATION_EVENT("recommendationEvent"),
    CHAT_SUGGESTION_EVENT("chatSuggestionEvent"),
    AGENT_HANDOVER_EVENT("agentHandoverEvent"),
    STOREFRONT_HANDOVER_EVENT("storefrontHandoverEvent"),
    ORDER_STATUS_HANDOVER_EVENT("orderStatusHandoverEvent"),
    LOCATION_QUERY_HANDOVER_EVENT("locationQueryHandoverEvent"),
    ONELIV_DOCTOR_HANDOVER_EVENT("onelivDoctorHandoverEvent"),
    LEADGEN_HANDOVER_EVENT("leadgenHandoverEvent"),
    CONNECTLY_INTERACTIVE_EVENT("connectlyInteractiveEvent"),
    RESOLUTION_SURVEY_EVENT("resolutionSurveyEvent"),
    STORE_HANDOVER_EVENT("storeHandoverEvent"),
    BLIP_HANDOVER_EVENT("blipHandoverEvent"),
    BLIP_COMMAND_EVENT("blipCommandEvent"),
    SESSION_CLOSE_EVENT("sessionCloseEvent");

    private static final Map<String, EventKind> BY_WIRE_NAME = WireNames.index(values(), EventKind::wireName);

    private final String wireName;

    EventKind(String wireName) {
        this.wireName = wireName;
    }

    /** The JSON key in the API's camelCase spelling. */
    public String wireName() {
        return wireName;
    }

    /**
     * Whether a customer sees something of this kind on the screen. The first such event of a turn ends its time to
     * first content.
     */
    public boolean customerSees() {
        return this != SESSION_CLOSE_EVENT && this != BLIP_COMMAND_EVENT;
    }

    /** The kind that a JSON key names, in either spelling that protobuf servers write, or null for an unknown key. */
    public static @Nullable EventKind of(String key) {
        return BY_WIRE_NAME.get(key);
    }
}
