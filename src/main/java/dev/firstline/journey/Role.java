package dev.firstline.journey;

/** Who said a message. The names are the API's own values. */
public enum Role {
    /** The customer. */
    USER,
    /** The shop's side, before the agent took over: an automated welcome. */
    ASSISTANT
}
