package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads targets as users write them: {@code contracts/schemas/files/targets.schema.json} describes the form. */
final class TargetsFile {
    /** The vendor's own host: load on it is load on production, whatever a file calls it. */
    private static final String PRODUCTION_HOST = "api.connectly.ai";

    private static final String EMBEDDED = "embedded";
    private static final int PORT_MAX = 65_535;
    private static final int MINUTES_MAX = 7 * 24 * 60;
    private static final double JOURNEYS_PER_SECOND_MAX = 1e6;
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");

    /** Read by Java, which prints what it finds in some of them, by this harness or by the system. */
    private static final Set<String> TAKEN = Set.of(
            "CLASSPATH",
            "FIRSTLINE_BARRIER",
            "FIRSTLINE_BIND",
            "FIRSTLINE_INJECTOR",
            "FIRSTLINE_INJECTORS",
            "HOME",
            "JAVA_HOME",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "JOB_COMPLETION_INDEX",
            "PATH");

    private static final Set<String> KEYS =
            Set.of("baseUrl", "businessId", "agentId", "apiKeyEnv", "environment", "allowLoad", "caps");

    private TargetsFile() {}

    static Targets read(String source, JsonNode file) {
        Fields targets = new Fields(source, file).only(Set.of("targets")).fields("targets");
        Map<String, Target> byName = new LinkedHashMap<>();
        targets.node()
                .fieldNames()
                .forEachRemaining(name ->
                        byName.put(name, target(name, targets.fields(name).only(KEYS))));
        return new Targets(source, byName);
    }

    private static Target target(String name, Fields fields) {
        Environment environment = environment(fields);
        boolean stub = environment == Environment.STUB;
        URI baseUrl = baseUrl(fields, environment);
        String apiKeyEnv = stub && !fields.has("apiKeyEnv") ? null : variable(fields);
        return new Target(
                name,
                baseUrl,
                stub && !fields.has("businessId") ? Target.STUB_BUSINESS_ID : fields.text("businessId"),
                fields.optionalText("agentId"),
                apiKeyEnv,
                environment,
                fields.flag("allowLoad"),
                stub && !fields.has("caps") ? Caps.UNLIMITED : caps(fields));
    }

    private static Environment environment(Fields fields) {
        String name = fields.text("environment");
        for (Environment environment : Environment.values()) {
            if (environment.name().toLowerCase(Locale.ROOT).equals(name)) {
                return environment;
            }
        }
        throw new Misuse("stub, staging or production", name, fields.at("environment"), "pick one of the three");
    }

    private static @Nullable URI baseUrl(Fields fields, Environment environment) {
        String text = fields.text("baseUrl");
        String where = fields.at("baseUrl");
        if (text.equals(EMBEDDED)) {
            if (environment != Environment.STUB) {
                throw new Misuse("a URL", EMBEDDED, where, "write \"environment: stub\", or the URL of the service");
            }
            return null;
        }
        URI url = url(text, where);
        Address address = Address.of(url);
        if (environment == Environment.STUB && !address.loopback() && !fields.has("caps")) {
            throw new Misuse(
                    "a stub on this machine, or caps",
                    address.toString(),
                    where,
                    "give it caps, as what is called a stub may be something else; or use http://127.0.0.1:PORT");
        }
        // A stub that needs no key is given one that anybody may read.
        boolean secret = environment != Environment.STUB || fields.has("apiKeyEnv");
        if (address.scheme().equals("http") && !address.loopback() && secret) {
            throw new Misuse("https, so that nobody reads the key", address.toString(), where, "write https://");
        }
        // A name may end in a dot and still be the same host.
        if (environment != Environment.PRODUCTION
                && address.host().replaceAll("\\.$", "").equals(PRODUCTION_HOST)) {
            throw new Misuse(
                    "environment: production for " + PRODUCTION_HOST,
                    fields.text("environment"),
                    fields.at("environment"),
                    "call it what it is");
        }
        return url;
    }

    private static URI url(String text, String where) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new Misuse("a URL like https://agents.example.com", shown(text), where, "correct it");
        }
        Address address = Address.of(url);
        if (!Set.of("http", "https").contains(address.scheme())
                || address.host().isEmpty()) {
            throw new Misuse("a URL with http or https and a host", shown(text), where, "write https://HOST");
        }
        if (url.getRawUserInfo() != null) {
            throw new Misuse(
                    "a URL without a name or password",
                    shown(text),
                    where,
                    "put the key into an environment variable and its name into apiKeyEnv");
        }
        boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
        if (!bare || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Misuse(
                    "a URL without a path", shown(text), where, "leave out what follows the host: the harness adds it");
        }
        if (address.port() < 1 || address.port() > PORT_MAX) {
            throw new Misuse("a port from 1 to " + PORT_MAX, shown(text), where, "correct the port");
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return URI.create(address.scheme() + "://" + address.host() + port);
    }

    /** A URL with somebody's password in it is not repeated. */
    private static String shown(String url) {
        if (url.contains("@")) {
            return "a URL with a name or password (not shown)";
        }
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query) + "?… (the rest may hold a key and is not shown)";
    }

    private static String variable(Fields fields) {
        String name = fields.text("apiKeyEnv");
        if (!VARIABLE.matcher(name).matches()) {
            // What stands there may be the key itself, so it is not repeated.
            throw new Misuse(
                    "the name of an environment variable: capital letters, digits and underscores",
                    "something else (not shown, as it may be a key)",
                    fields.at("apiKeyEnv"),
                    "export the key under a name like FIRSTLINE_STAGING_KEY and write that name here");
        }
        if (TAKEN.contains(name)) {
            throw new Misuse(
                    "a name that nothing else reads: a key there might be printed",
                    name,
                    fields.at("apiKeyEnv"),
                    "export the key under a name like FIRSTLINE_STAGING_KEY and write that name here");
        }
        return name;
    }

    private static Caps caps(Fields target) {
        if (!target.has("caps")) {
            throw new Misuse(
                    "caps, for every target but a stub",
                    "none",
                    target.where(),
                    "add \"caps: {journeysPerSecond: 5, openSessions: 50, minutes: 10}\"");
        }
        Fields caps = target.fields("caps").only(Set.of("journeysPerSecond", "openSessions", "minutes"));
        return new Caps(
                caps.number("journeysPerSecond", Double.MIN_NORMAL, JOURNEYS_PER_SECOND_MAX),
                caps.whole("openSessions", 1, Integer.MAX_VALUE),
                Duration.ofMinutes(caps.whole("minutes", 1, MINUTES_MAX)));
    }
}
