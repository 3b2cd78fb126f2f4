package dev.firstline.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firstline.wire.Choice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A body with gaps: for the ids that differ from customer to customer, and for what they pick. */
final class Template {
    /** A stretch of a body. */
    private sealed interface Piece {}

    /** Bytes that are the same for everyone. */
    private static final class Fixed implements Piece {
        private final byte[] bytes;

        private Fixed(String json) {
            this.bytes = utf8(json);
        }
    }

    private enum Id implements Piece {
        CLIENT_KEY,
        SESSION_ID
    }

    /** A button or a row that is not known before it is shown. */
    private record Picked(InputJson.Reply reply, Spelling spelling) implements Piece {}

    private final List<Piece> pieces;

    private Template(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** The ids alone. */
    static Template ids(Target target, Spelling spelling, boolean withSession) {
        Writer writer = new Writer(spelling).ids(target, withSession);
        return writer.fixed("}").template();
    }

    /** The ids, the agent if one is asked for, and the turn's inputs. */
    static Template turn(Target target, Journey journey, Turn turn) {
        Spelling spelling = journey.spelling();
        Writer writer = new Writer(spelling).ids(target, true);
        String agentId = journey.agentId() != null ? journey.agentId() : target.agentId();
        if (agentId != null) {
            writer.fixed(",").key("agentId").fixed(quoted(agentId));
        }
        writer.fixed(",").key("inputEvents").fixed("[");
        String separator = "";
        for (Input input : turn.inputs()) {
            writer.fixed(separator);
            InputJson.Reply reply = InputJson.pick(input);
            if (reply == null) {
                writer.fixed(InputJson.of(input, spelling).toString());
            } else {
                writer.piece(new Picked(reply, spelling));
            }
            separator = ",";
        }
        return writer.fixed("]}").template();
    }

    /** The body, or what could not be picked. A body without a pick is always ready. */
    TurnBody fill(String clientKey, @Nullable String sessionId, List<Choice> shown) {
        List<byte[]> parts = new ArrayList<>(pieces.size());
        int length = 0;
        for (Piece piece : pieces) {
            byte[] part;
            if (piece instanceof Fixed fixed) {
                part = fixed.bytes;
            } else if (piece instanceof Picked picked) {
                Optional<ObjectNode> reply = picked.reply.json(shown, picked.spelling);
                if (reply.isEmpty()) {
                    return new TurnBody.Unpickable(picked.reply.missing(shown));
                }
                part = utf8(reply.get().toString());
            } else if (piece == Id.CLIENT_KEY) {
                part = utf8(quoted(Refuse.empty(clientKey, "clientKey")));
            } else if (sessionId == null) {
                throw new IllegalArgumentException("sessionId must not be null");
            } else {
                part = utf8(quoted(Refuse.empty(sessionId, "sessionId")));
            }
            parts.add(part);
            length += part.length;
        }
        byte[] body = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, body, at, part.length);
            at += part.length;
        }
        return new TurnBody.Ready(body);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** Half a surrogate pair, which no UTF-8 can hold, becomes a question mark: a server's odd id never stops a run. */
    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Writer {
        private final Spelling spelling;
        private final List<Piece> pieces = new ArrayList<>();
        private final StringBuilder fixed = new StringBuilder();

        private Writer(Spelling spelling) {
            this.spelling = spelling;
        }

        private Writer ids(Target target, boolean withSession) {
            fixed("{").key("businessId").fixed(quoted(target.businessId())).fixed(",");
            key("clientKey").piece(Id.CLIENT_KEY);
            return withSession ? fixed(",").key("sessionId").piece(Id.SESSION_ID) : this;
        }

        private Writer key(String camelCase) {
            return fixed(quoted(spelling.key(camelCase))).fixed(":");
        }

        private Writer fixed(String json) {
            fixed.append(json);
            return this;
        }

        private Writer piece(Piece piece) {
            if (fixed.length() > 0) {
                pieces.add(new Fixed(fixed.toString()));
                fixed.setLength(0);
            }
            pieces.add(piece);
            return this;
        }

        private Template template() {
            pieces.add(new Fixed(fixed.toString()));
            return new Template(pieces);
        }
    }
}
