package dev.firstline.stub.network;

/**
 * A toxic of a proxy.
 *
 * @param toxicity the share of connections that it is about, from 0 to 1
 */
record NamedToxic(String name, Direction direction, double toxicity, Toxic toxic) {
    NamedToxic with(double newToxicity, Toxic newToxic) {
        return new NamedToxic(name, direction, newToxicity, newToxic);
    }
}
