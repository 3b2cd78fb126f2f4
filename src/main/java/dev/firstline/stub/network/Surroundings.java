package dev.firstline.stub.network;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What proxies share.
 *
 * @param resolver looks names up, which may take seconds
 * @param seed decides what chance decides
 * @param room whether one more connection may be open
 */
record Surroundings(Loop loop, Executor resolver, long seed, BooleanSupplier room) {
    boolean mayComeIn() {
        return room.getAsBoolean();
    }
}
