package dev.firstline.journey;

import dev.firstline.wire.WireNames;

/**
 * How a journey's requests spell their JSON keys. The API takes both and documents both; one request never mixes them.
 */
public enum Spelling {
    /** {@code inputEvents}: what the newer documents write, and the default. */
    CAMEL_CASE("camelCase"),
    /** {@code input_events}: what one of the vendor's own samples writes. */
    SNAKE_CASE("snake_case");

    private final String yamlName;

    Spelling(String yamlName) {
        this.yamlName = yamlName;
    }

    /** What a journey file calls it. */
    String yamlName() {
        return yamlName;
    }

    /** The key in this spelling. */
    String key(String camelCase) {
        return this == CAMEL_CASE ? camelCase : WireNames.snakeCase(camelCase);
    }
}
