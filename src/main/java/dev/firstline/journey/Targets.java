package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The targets that a file names. No load goes anywhere else. */
public final class Targets {
    private Targets() {}

    /**
     * Reads a targets file.
     *
     * @param source the file's name, for messages
     * @throws Misuse if a target is not one that load may go to
     */
    public static Targets read(String source, JsonNode file) {
        throw new UnsupportedOperationException();
    }

    /** The names, in the order of the file. */
    public List<String> names() {
        throw new UnsupportedOperationException();
    }

    /**
     * The target of that name, if load may go there now.
     *
     * @param environmentVariables {@link System#getenv()}, where the key must be
     * @throws Misuse if no target has that name, if it is production without {@code allowLoad: true}, or if its key is
     *     missing
     */
    public Target pick(String name, Map<String, String> environmentVariables) {
        throw new UnsupportedOperationException();
    }

    /**
     * Refuses an address whose scheme, host and port are not those of any target.
     *
     * @throws Misuse listing the addresses that are named
     */
    public void refuseStranger(URI address) {
        throw new UnsupportedOperationException();
    }
}
