package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.journey.Share;
import dev.firstline.stats.Shares;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who shares a load and where they meet.
 *
 * @param share this injector's part
 * @param meeting where all meet before they begin; null where there is nobody to meet
 * @param patience how long they wait there for each other
 */
record Sharing(Share share, @Nullable Address meeting, Duration patience) {
    private static final String INJECTORS = "injectors";
    private static final String INJECTOR = "injector";
    private static final String BARRIER = "barrier";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PORT_MAX = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");

    /** Where a setting may come from instead, the first that is there. */
    private static final Map<String, List<String>> VARIABLES = Map.of(
            INJECTORS, List.of("FIRSTLINE_INJECTORS"),
            INJECTOR, List.of("FIRSTLINE_INJECTOR", "JOB_COMPLETION_INDEX"),
            BARRIER, List.of("FIRSTLINE_BARRIER"));

    /** What one injector cannot decide for all. */
    private static final List<String> ALONE_ONLY = List.of("extend", "live", "allure");

    /** A host and a port. */
    record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * What the settings say, and where they say nothing the environment.
     *
     * @throws Misuse if they say too little, or what does not go together
     */
    static Sharing of(Settings settings, Map<String, String> environment) {
        Said injectors = said(INJECTORS, settings, environment);
        int of = injectors.value == null ? 1 : number(injectors, 1, Shares.INJECTORS_MAX);
        Duration patience = settings.duration("barrier-wait", PATIENCE);
        Said injector = said(INJECTOR, settings, environment);
        if (of == 1) {
            refuseWithoutOthers(injector, injectors);
            return new Sharing(Share.WHOLE, null, patience);
        }
        if (injector.value == null) {
            throw missing(injector, "which of " + of + " injectors this is, from 0", "--injector 0, --injector 1, …");
        }
        Said barrier = said(BARRIER, settings, environment);
        if (barrier.value == null) {
            throw missing(
                    barrier,
                    "where " + of + " injectors meet: injector 0 listens there",
                    "--barrier 127.0.0.1:7420 where all run on one machine");
        }
        for (String setting : ALONE_ONLY) {
            if (settings.has(setting)) {
                throw new Misuse(
                        "nothing that one of " + of + " injectors would decide alone",
                        "--" + setting,
                        where(setting),
                        "leave it out");
            }
        }
        return new Sharing(new Share(number(injector, 0, of - 1), of), address(barrier), patience);
    }

    /** Who is told a place and not how many there are would walk the whole load beside all others who do. */
    private static void refuseWithoutOthers(Said injector, Said injectors) {
        if (injector.value != null && !injector.value.equals("0")) {
            throw new Misuse(
                    "how many injectors there are, as this is number " + injector.value,
                    injectors.value == null ? "nothing" : injectors.value,
                    injectors.where,
                    "--injectors N, the same for all; or leave out what says " + injector.value + ": "
                            + injector.where);
        }
    }

    /** A setting, or the variable that says it. */
    private record Said(String where, @Nullable String value) {}

    private static Said said(String setting, Settings settings, Map<String, String> environment) {
        if (settings.has(setting)) {
            return new Said(where(setting), settings.text(setting, "").strip());
        }
        for (String variable : VARIABLES.getOrDefault(setting, List.of())) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                return new Said("the environment variable " + variable, value.strip());
            }
        }
        return new Said(where(setting) + " or " + String.join(", ", VARIABLES.getOrDefault(setting, List.of())), null);
    }

    private static String where(String setting) {
        return "the setting --" + setting + " (-D" + Settings.PREFIX + setting + ")";
    }

    private static int number(Said said, int least, int most) {
        String text = String.valueOf(said.value);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new Misuse("a whole number from " + least + " to " + most, text, said.where, "another one");
        }
        return Integer.parseInt(text);
    }

    private static Address address(Said said) {
        Matcher matcher = ADDRESS.matcher(String.valueOf(said.value));
        if (!matcher.matches() || port(matcher) == 0 || port(matcher) > PORT_MAX) {
            throw new Misuse(
                    "a host and a port from 1 to " + PORT_MAX,
                    String.valueOf(said.value),
                    said.where,
                    "127.0.0.1:7420 where all run on one machine, else the name of injector 0's");
        }
        return new Address(matcher.group(1), port(matcher));
    }

    private static int port(Matcher address) {
        return Integer.parseInt(address.group(2));
    }

    private static Misuse missing(Said said, String expected, String attempt) {
        return new Misuse(expected, "nothing", said.where, attempt);
    }
}
