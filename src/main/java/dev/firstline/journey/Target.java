package dev.firstline.journey;

import dev.firstline.Misuse;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where load may go, and how much at most.
 *
 * @param baseUrl scheme, host and port; null for the embedded stub, whose port is not known before it runs
 * @param agentId the agent asked for on every turn of a journey that names none; null for the service's own choice
 * @param apiKeyEnv the name of the environment variable that holds the key; null for stubs, which take any key
 * @param allowLoad whether load on production is wanted, in writing
 */
public record Target(
        String name,
        @Nullable URI baseUrl,
        String businessId,
        @Nullable String agentId,
        @Nullable String apiKeyEnv,
        Environment environment,
        boolean allowLoad,
        Caps caps) {

    /** What stubs are given as a key. */
    public static final String STUB_KEY = "stub-key";

    /** What stubs are given as a business where the file names none. */
    public static final String STUB_BUSINESS_ID = "00000000-0000-0000-0000-000000000000";

    public Target {
        Refuse.empty(name, "name");
        Refuse.empty(businessId, "businessId");
        if (environment != Environment.STUB && (baseUrl == null || apiKeyEnv == null || caps.equals(Caps.UNLIMITED))) {
            throw new IllegalArgumentException("only a stub does without a base URL, a key and caps: " + name);
        }
    }

    /** Whether this is the stub that a run starts for itself. */
    public boolean embedded() {
        return baseUrl == null;
    }

    /** The same target at an address: what the embedded stub becomes once its port is known. */
    public Target at(URI address) {
        return new Target(name, address, businessId, agentId, apiKeyEnv, environment, allowLoad, caps);
    }

    /** The same target with what one injector may ask of it while all ask at once. */
    public Target shared(Share share) {
        if (caps.equals(Caps.UNLIMITED) || share.isWhole()) {
            return this;
        }
        if (caps.openSessions() < share.injectors()) {
            throw new Misuse(
                    "at least one open session for each injector",
                    caps.openSessions() + " for " + share.injectors(),
                    "the caps of the target " + name + ", openSessions",
                    "fewer injectors");
        }
        Caps mine = new Caps(caps.journeysPerSecond(), share.of(caps.openSessions()), caps.duration());
        return new Target(name, baseUrl, businessId, agentId, apiKeyEnv, environment, allowLoad, mine);
    }

    /**
     * The key.
     *
     * @param environmentVariables {@link System#getenv()}
     * @throws Misuse if the variable is missing, blank or not fit for a header; it names the variable, never the value
     */
    public Secret apiKey(Map<String, String> environmentVariables) {
        if (apiKeyEnv == null) {
            return new Secret(STUB_KEY);
        }
        String where = "the environment variable " + apiKeyEnv;
        String key = environmentVariables.get(apiKeyEnv);
        if (key == null || key.isBlank()) {
            throw new Misuse(
                    "the key of the target " + name,
                    key == null ? "no such variable" : "a blank value",
                    where,
                    "export " + apiKeyEnv + "=…");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Misuse(
                    "a key of visible ASCII characters",
                    "a space, a line break or another character that no header may carry (not shown)",
                    where,
                    "export it again without blanks around it");
        }
        return new Secret(key);
    }

    /**
     * Refuses a load above the caps.
     *
     * @param journeysPerSecond the highest arrival rate that is planned
     * @param openSessions sessions planned to be open at the same time
     * @param duration how long it is planned to last
     * @throws Misuse naming the cap
     */
    public void refuseAbove(double journeysPerSecond, long openSessions, Duration duration) {
        if (caps.equals(Caps.UNLIMITED)) {
            return;
        }
        // Written so that NaN is refused too.
        if (!(journeysPerSecond <= caps.journeysPerSecond())) {
            throw above("journeysPerSecond", caps.journeysPerSecond() + " journeys a second", "" + journeysPerSecond);
        }
        if (openSessions > caps.openSessions()) {
            throw above("openSessions", caps.openSessions() + " open sessions", "" + openSessions);
        }
        if (duration.compareTo(caps.duration()) > 0) {
            throw above("minutes", caps.duration().toMinutes() + " minutes", duration.toSeconds() + " seconds");
        }
    }

    private Misuse above(String cap, String most, String planned) {
        return new Misuse(
                "at most " + most,
                planned,
                "the caps of the target " + name + ", " + cap,
                "plan less, or agree on more with whoever runs the target");
    }
}
