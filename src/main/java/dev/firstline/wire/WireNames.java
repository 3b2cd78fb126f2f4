package dev.firstline.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** JSON keys in both spellings that protobuf's JSON mapping allows. */
public final class WireNames {
    private WireNames() {}

    /** {@code inputEvents} becomes {@code input_events}. */
    public static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static <K> Map<String, K> index(K[] kinds, Function<K, String> wireName) {
        Map<String, K> byName = new HashMap<>();
        for (K kind : kinds) {
            byName.put(wireName.apply(kind), kind);
            byName.put(snakeCase(wireName.apply(kind)), kind);
        }
        return Map.copyOf(byName);
    }
}
