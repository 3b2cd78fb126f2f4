package dev.firstline.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ten kinds of {@code connectlyInteractiveEvent.interactive}. */
public enum InteractiveKind {
    LIST_MESSAGE("listMessage"),
    REPLY_BUTTON_MESSAGE("replyButtonMessage"),
    SINGLE_PRODUCT_MESSAGE("singleProductMessage"),
    MULTI_PRODUCT_MESSAGE("multiProductMessage"),
    CUSTOM_WA_FLOW_MESSAGE("customWaFlowMessage"),
    CALL_TO_ACTION_MESSAGE("callToActionMessage"),
    BLIP_BOT_SWITCH_MESSAGE("blipBotSwitchMessage"),
    BLIP_TICKET_ACTION_MESSAGE("blipTicketActionMessage"),
    LOCATION_REQUEST_MESSAGE("locationRequestMessage"),
    BLIP_COMMAND_MESSAGE("blipCommandMessage");

    private static final Map<String, InteractiveKind> BY_WIRE_NAME =
            WireNames.index(values(), InteractiveKind::wireName);

    private final String wireName;

    InteractiveKind(String wireName) {
        this.wireName = wireName;
    }

    /** The JSON key in the API's camelCase spelling. */
    public String wireName() {
        return wireName;
    }

    /** The kind that a JSON key names, in either spelling that protobuf servers write, or null for an unknown key. */
    public static @Nullable InteractiveKind of(String key) {
        return BY_WIRE_NAME.get(key);
    }
}
