package dev.firstline.journey;

import dev.firstline.wire.InputKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that happened on the customer's side since the turn before: one element of {@code inputEvents}. */
public sealed interface Input {

    /** The event kind it is sent as. */
    InputKind kind();

    /** Something said, spoken, shown or pointed at. */
    record Message(Role role, Content content) implements Input {
        @Override
        public InputKind kind() {
            return InputKind.MESSAGE_EVENT;
        }
    }

    /** A button pressed. */
    record ButtonResponse(Answer answer) implements Input {
        @Override
        public InputKind kind() {
            return InputKind.BUTTON_RESPONSE_EVENT;
        }
    }

    /** A row of a list chosen. */
    record ListReply(Answer answer) implements Input {
        @Override
        public InputKind kind() {
            return InputKind.LIST_REPLY_EVENT;
        }
    }

    /**
     * A form filled in. Its keys are the form's own and are never respelt.
     *
     * @param formData at least one field, in the order it is sent; values are strings, as in the vendor's sample:
     *     whether the service takes anything else is not documented
     */
    record FilledForm(Map<String, String> formData) implements Input {
        public FilledForm {
            if (formData.isEmpty()) {
                throw new IllegalArgumentException("a form must have at least one field");
            }
            formData = Collections.unmodifiableMap(new LinkedHashMap<>(formData));
        }

        @Override
        public InputKind kind() {
            return InputKind.FILLED_FORM_RESPONSE_EVENT;
        }
    }

    /**
     * A store chosen.
     *
     * @param storeId not empty; a string even where it is all digits
     */
    record Store(
            String storeId,
            @Nullable String name,
            @Nullable String cpName,
            @Nullable String city,
            @Nullable String state)
            implements Input {
        public Store {
            Refuse.empty(storeId, "storeId");
        }

        @Override
        public InputKind kind() {
            return InputKind.STORE_EVENT;
        }
    }
}
