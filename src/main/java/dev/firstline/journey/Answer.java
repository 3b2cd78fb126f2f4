package dev.firstline.journey;

import org.jspecify.annotations.Nullable;

/** What a customer presses or chooses: something written in the journey, or something the turn before has shown. */
public sealed interface Answer {

    /**
     * Written in the journey, whether or not anything like it was shown.
     *
     * @param id not empty
     * @param title not empty
     * @param description for a list reply only
     */
    record Literal(String id, String title, @Nullable String description) implements Answer {
        public Literal {
            Refuse.empty(id, "id");
            Refuse.empty(title, "title");
        }
    }

    /**
     * The one in this place among those just shown, from the top.
     *
     * @param place 1 is the first
     */
    record Nth(int place) implements Answer {
        public Nth {
            if (place < 1) {
                throw new IllegalArgumentException("place must be at least 1: " + place);
            }
        }
    }

    /**
     * The one with this id among those just shown.
     *
     * @param id not empty
     */
    record WithId(String id) implements Answer {
        public WithId {
            Refuse.empty(id, "id");
        }
    }
}
