package dev.firstline.journey;

import org.jspecify.annotations.Nullable;

/** What a message that a customer sends holds: exactly one of four kinds. */
public sealed interface Content {

    /**
     * Words.
     *
     * @param text not empty
     */
    record Text(String text) implements Content {
        public Text {
            Refuse.empty(text, "text");
        }
    }

    /**
     * A voice note.
     *
     * @param url where the service may fetch it; not empty
     */
    record Audio(String url) implements Content {
        public Audio {
            Refuse.empty(url, "url");
        }
    }

    /**
     * A picture.
     *
     * @param url where the service may fetch it; not empty
     */
    record Image(String url, @Nullable String caption) implements Content {
        public Image {
            Refuse.empty(url, "url");
        }
    }

    /**
     * A place, sent as JSON numbers: a comma in a string of digits would be cut off by the service without a word.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     */
    record Location(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address) implements Content {
        /** The largest latitude, in degrees north or south. */
        public static final double LATITUDE_MAX = 90;

        /** The largest longitude, in degrees east or west. */
        public static final double LONGITUDE_MAX = 180;

        public Location {
            // Written so that NaN is refused too.
            if (!(Math.abs(latitude) <= LATITUDE_MAX)) {
                throw new IllegalArgumentException("latitude must be from -90 to 90: " + latitude);
            }
            if (!(Math.abs(longitude) <= LONGITUDE_MAX)) {
                throw new IllegalArgumentException("longitude must be from -180 to 180: " + longitude);
            }
        }
    }
}
