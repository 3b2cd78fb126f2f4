package dev.firstline.journey;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.wire.Choice;
import dev.firstline.wire.InputKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Inputs as elements of {@code inputEvents}. */
final class InputJson {
    private final Spelling spelling;

    private InputJson(Spelling spelling) {
        this.spelling = spelling;
    }

    /** An input that does not pick, with exactly one event key. */
    static ObjectNode of(Input input, Spelling spelling) {
        return new InputJson(spelling).event(input);
    }

    /** What an input picks, or null where it picks nothing. */
    static @Nullable Reply pick(Input input) {
        if (input instanceof Input.ButtonResponse press) {
            return press.answer() instanceof Answer.Literal
                    ? null
                    : new Reply(press.kind(), press.answer(), Choice.Source.BUTTON);
        }
        if (input instanceof Input.ListReply reply) {
            return reply.answer() instanceof Answer.Literal
                    ? null
                    : new Reply(reply.kind(), reply.answer(), Choice.Source.LIST_ROW);
        }
        return null;
    }

    /** A pick, to be made once something was shown. */
    record Reply(InputKind kind, Answer answer, Choice.Source source) {

        /** The event that answers one of those shown, or empty where there is none to answer. */
        Optional<ObjectNode> json(List<Choice> shown, Spelling spelling) {
            return pickable(shown)
                    .map(choice -> new InputJson(spelling)
                            .reply(
                                    kind,
                                    choice.id(),
                                    choice.title(),
                                    source == Choice.Source.LIST_ROW ? choice.description() : null));
        }

        /** Why {@link #json} is empty. */
        String missing(List<Choice> shown) {
            String one = source == Choice.Source.LIST_ROW ? "row" : "button";
            long count =
                    shown.stream().filter(choice -> choice.source() == source).count();
            if (count == 0) {
                return source == Choice.Source.LIST_ROW
                        ? "the list to pick from did not come"
                        : "the buttons to press did not come";
            }
            if (answer instanceof Answer.WithId withId) {
                return "no " + one + " with the id " + withId.id() + " among the " + count + " shown";
            }
            return "no " + one + " with an id in place " + ((Answer.Nth) answer).place() + " of the " + count
                    + " shown";
        }

        private Optional<Choice> pickable(List<Choice> shown) {
            Predicate<Choice> wanted = answer instanceof Answer.WithId withId
                    ? choice -> choice.id().equals(withId.id())
                    : choice -> true;
            int before = answer instanceof Answer.Nth nth ? nth.place() - 1 : 0;
            return shown.stream()
                    .filter(choice -> choice.source() == source)
                    .filter(wanted)
                    .skip(before)
                    .findFirst()
                    // A reply without an id would be sent as an answer to nothing.
                    .filter(choice -> !choice.id().isEmpty());
        }
    }

    private ObjectNode event(Input input) {
        if (input instanceof Input.Message message) {
            ObjectNode event = object();
            event.put(spelling.key("role"), message.role().name());
            event.set(spelling.key("content"), content(message.content()));
            return wrapped(input.kind(), event);
        }
        if (input instanceof Input.FilledForm form) {
            ObjectNode formData = object();
            form.formData().forEach(formData::put);
            ObjectNode event = object();
            event.set(spelling.key("formData"), formData);
            return wrapped(input.kind(), event);
        }
        if (input instanceof Input.Store store) {
            ObjectNode event = object();
            put(event, "storeId", store.storeId());
            put(event, "name", store.name());
            put(event, "cpName", store.cpName());
            put(event, "city", store.city());
            put(event, "state", store.state());
            return wrapped(input.kind(), event);
        }
        Answer answer =
                input instanceof Input.ButtonResponse press ? press.answer() : ((Input.ListReply) input).answer();
        Answer.Literal literal = (Answer.Literal) answer;
        return reply(input.kind(), literal.id(), literal.title(), literal.description());
    }

    private ObjectNode content(Content content) {
        ObjectNode fields = object();
        ObjectNode message = object();
        if (content instanceof Content.Text text) {
            put(fields, "text", text.text());
            message.set(spelling.key("textContent"), fields);
        } else if (content instanceof Content.Audio audio) {
            put(fields, "url", audio.url());
            message.set(spelling.key("audioContent"), fields);
        } else if (content instanceof Content.Image image) {
            put(fields, "url", image.url());
            put(fields, "caption", image.caption());
            message.set(spelling.key("imageContent"), fields);
        } else {
            Content.Location location = (Content.Location) content;
            fields.put(spelling.key("latitude"), location.latitude());
            fields.put(spelling.key("longitude"), location.longitude());
            put(fields, "name", location.name());
            put(fields, "address", location.address());
            message.set(spelling.key("locationContent"), fields);
        }
        return message;
    }

    private ObjectNode reply(InputKind kind, String id, String title, @Nullable String description) {
        ObjectNode event = object();
        put(event, "id", id);
        put(event, "title", title);
        put(event, "description", description);
        return wrapped(kind, event);
    }

    private ObjectNode wrapped(InputKind kind, ObjectNode event) {
        ObjectNode element = object();
        element.set(spelling.key(kind.wireName()), event);
        return element;
    }

    /** Leaves out what is null: an absent key and a null one mean the same to the service. */
    private void put(ObjectNode object, String key, @Nullable String value) {
        if (value != null) {
            object.put(spelling.key(key), value);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
