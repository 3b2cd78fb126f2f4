package dev.firstline.journey;

/** The checks that several records share. */
final class Refuse {
    private Refuse() {}

    static String empty(String value, String name) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return value;
    }
}
