package dev.firstline.gatling;

import dev.firstline.journey.Journey;
import dev.firstline.journey.Turn;
import dev.firstline.wire.Choice;
import io.gatling.javaapi.core.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One virtual customer on its way through a journey. Mutable, and held by the session: it never leaves the event loop
 * of its user.
 */
final class Customer {
    private static final String KEY = "firstline.customer";
    private static final HexFormat HEX = HexFormat.of();

    final long number;
    final String clientKey;
    final Journey journey;
    final long arrivalNanos;

    /** When its next call is due. */
    long dueNanos;

    /** When its last call ended. */
    long endNanos;

    long thinkNanos;

    @Nullable
    String sessionId;

    String sessionHash = "";
    List<Choice> shown = List.of();
    byte[] body = {};

    /** A call has failed: nothing more is said, only the session is closed. */
    boolean failed;

    /** The agent itself has said that the session is over. */
    boolean dismissed;

    Customer(long number, String clientKey, Journey journey, long arrivalNanos) {
        this.number = number;
        this.clientKey = clientKey;
        this.journey = journey;
        this.arrivalNanos = arrivalNanos;
        this.dueNanos = arrivalNanos;
        this.endNanos = arrivalNanos;
    }

    Session in(Session session) {
        return session.set(KEY, this);
    }

    static Session none(Session session) {
        return session.remove(KEY);
    }

    static boolean isIn(Session session) {
        return session.contains(KEY);
    }

    static Customer of(Session session) {
        @Nullable Customer customer = session.get(KEY);
        if (customer == null) {
            throw new IllegalStateException("no customer has arrived in this session");
        }
        return customer;
    }

    /** Thinks before its next turn. */
    void think(Turn turn) {
        thinkNanos += turn.think().toNanos();
        dueNanos = endNanos + turn.think().toNanos();
    }

    void opened(String id) {
        sessionId = id;
        sessionHash = hash(id);
    }

    /** Eight bytes of SHA-256: enough to tell sessions apart, and no way back to the id. */
    private static String hash(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Gatling writes sessions into its logs, so this says nothing that should not be there. */
    @Override
    public String toString() {
        return "customer " + number + " on " + journey.name();
    }
}
